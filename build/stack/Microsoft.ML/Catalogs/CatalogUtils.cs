namespace Microsoft.ML.Data;

/// <summary>The environment of a catalog.</summary>
internal static class CatalogUtils
{
    public static IHostEnvironment GetEnvironment(this IInternalCatalog catalog) =>
        Contracts.CheckValue(catalog, nameof(catalog)).Environment;
}
