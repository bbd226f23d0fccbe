namespace MLNet.Transformers.Tool.Data;

/// <summary>What a column of the data is for.</summary>
internal enum ColumnPurpose
{
    /// <summary>Not read.</summary>
    Ignore,

    /// <summary>The text to classify, to tag, or to go on with.</summary>
    Text,

    /// <summary>What is to be learnt: a class, a number, or the tags of the words.</summary>
    Label,

    /// <summary>The first of two sentences.</summary>
    SourceSentence,

    /// <summary>The second of two sentences.</summary>
    ComparisonSentence,

    /// <summary>A question about the <see cref="Context"/>.</summary>
    Question,

    /// <summary>The text that has the answer.</summary>
    Context,

    /// <summary>The answer, a piece of the <see cref="Context"/>.</summary>
    Answer,

    /// <summary>Where in the <see cref="Context"/> the answer begins, in characters from 0.</summary>
    AnswerIndex,

    /// <summary>The bytes of an image.</summary>
    Image,

    /// <summary>The text to translate.</summary>
    Source,

    /// <summary>Its translation.</summary>
    Target,
}
