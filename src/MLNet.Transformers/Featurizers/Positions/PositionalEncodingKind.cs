namespace MLNet.Transformers;

/// <summary>How a vector comes to tell its position.</summary>
public enum PositionalEncodingKind
{
    /// <summary>Sines and cosines of geometrically growing wavelengths are added: section 3.5 of <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see>.</summary>
    Sinusoidal,

    /// <summary>A vector of its own for each position is added, from a table: that of a trained model, or random numbers to start from.</summary>
    Learned,

    /// <summary>Pairs of columns are turned by angles that grow with the position: <see href="https://arxiv.org/abs/2104.09864">RoFormer</see>.</summary>
    Rotary,

    /// <summary>The number of the position, from 0, divided by the greatest number of positions, is added to every column.</summary>
    Absolute,
}
