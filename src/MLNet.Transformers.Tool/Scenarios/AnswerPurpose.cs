namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>What a column of an answer tells.</summary>
internal enum AnswerPurpose
{
    /// <summary>The answer itself: a class, a number, tags, or a text. Every scenario has one of it, the first.</summary>
    Answer,

    /// <summary>One probability a class, with the classes in its <c>SlotNames</c>.</summary>
    Probabilities,

    /// <summary>How sure the model is of its answer.</summary>
    Confidence,

    /// <summary>Anything else: where an answer stands, or further answers.</summary>
    Detail,
}
