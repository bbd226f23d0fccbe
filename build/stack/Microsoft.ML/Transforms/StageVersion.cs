namespace Microsoft.ML.Transforms;

/// <summary>The version that stages are saved with.</summary>
internal static class StageVersion
{
    private const uint First = 0x00010001;

    /// <summary>The first version of a stage of this assembly.</summary>
    /// <param name="modelSignature">Eight characters that mark the stage in the file.</param>
    /// <param name="loaderSignature">The name under which its loader is found.</param>
    public static VersionInfo Of(string modelSignature, string loaderSignature) => new(
        modelSignature: modelSignature,
        verWrittenCur: First,
        verReadableCur: First,
        verWeCanReadBack: First,
        loaderAssemblyName: typeof(StageVersion).Assembly.GetName().Name,
        loaderSignature: loaderSignature);
}
