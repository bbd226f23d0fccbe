namespace Microsoft.ML.Data;

/// <summary>The transformers of a chain, whatever the type of the last.</summary>
internal interface ITransformerChainAccessor
{
    ITransformer[] Transformers { get; }

    TransformerScope[] Scopes { get; }
}
