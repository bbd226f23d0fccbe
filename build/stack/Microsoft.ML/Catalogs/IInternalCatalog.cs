namespace Microsoft.ML.Data;

/// <summary>A catalog, which knows the environment that its components belong to.</summary>
internal interface IInternalCatalog
{
    IHostEnvironment Environment { get; }
}
