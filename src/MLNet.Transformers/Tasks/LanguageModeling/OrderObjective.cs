namespace MLNet.Transformers;

/// <summary>What a masked language model learns of the order of texts, beside their hidden tokens.</summary>
/// <remarks>Each row's text is cut in two near its middle: after a sentence where it has several, else between words.</remarks>
public enum OrderObjective
{
    /// <summary>Nothing, as <see href="https://arxiv.org/abs/1907.11692">RoBERTa</see>.</summary>
    None,

    /// <summary>Whether the second part is that of the same row or of another, as <see href="https://arxiv.org/abs/1810.04805">BERT</see>.</summary>
    NextSentence,

    /// <summary>Whether the two parts stand in their order or the other way round, as <see href="https://arxiv.org/abs/1909.11942">ALBERT</see>.</summary>
    SentenceOrder,
}
