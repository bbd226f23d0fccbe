namespace MLNet.Transformers;

/// <summary>How the answers to a word's tokens become the word's, under the names of <see href="https://huggingface.co/docs/transformers/main_classes/pipelines#transformers.TokenClassificationPipeline">the published pipeline</see>.</summary>
public enum AggregationStrategy
{
    /// <summary>The word's tag is that of its first token.</summary>
    First,

    /// <summary>The word's tag is the likeliest by the mean of its tokens' probabilities.</summary>
    Average,

    /// <summary>The word's tag is that of the token that is the surest of its own.</summary>
    Max,

    /// <summary>The word's tag is that of its first token; entities are made of tokens and may begin or end within a word.</summary>
    Simple,
}
