namespace Microsoft.ML.Transforms;

/// <summary>Makes the transformer of a contract.</summary>
internal interface ICustomMappingFactory
{
    ITransformer CreateTransformer(IHostEnvironment env, string contractName);
}
