namespace MLNet.Transformers.Models;

/// <summary>How the attention weights of a layer's heads become one matrix.</summary>
public enum HeadFusion
{
    /// <summary>Their mean, as in <see href="https://arxiv.org/abs/2005.00928">Quantifying Attention Flow</see>.</summary>
    Mean,

    /// <summary>The least of them: only what every head looks at remains.</summary>
    Min,

    /// <summary>The greatest of them: what any head looks at remains.</summary>
    Max,
}
