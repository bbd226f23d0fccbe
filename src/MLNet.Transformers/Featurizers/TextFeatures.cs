namespace MLNet.Transformers;

/// <summary>What a model says of one text, each a flat array; null where nobody wants it.</summary>
internal sealed record TextFeatures(float[]? Vector, float[]? TokenStates, float[]? LayerStates, float[]? Attentions);
