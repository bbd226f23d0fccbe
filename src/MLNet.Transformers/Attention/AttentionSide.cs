namespace MLNet.Transformers;

/// <summary>Which attention of a model is asked for. A model of one stack, an encoder or a decoder, has the first alone.</summary>
public enum AttentionSide
{
    /// <summary>That of the text's tokens among themselves; in an encoder-decoder, the encoder's.</summary>
    Source,

    /// <summary>That of the target's tokens among themselves, in the decoder.</summary>
    Target,

    /// <summary>That of the target's tokens to those of the source, by which the decoder reads.</summary>
    TargetToSource,
}
