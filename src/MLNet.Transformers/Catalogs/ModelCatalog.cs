namespace MLNet.Transformers;

/// <summary>Saving, on <c>mlContext.Model</c>.</summary>
public static class ModelCatalog
{
    /// <summary>Saves a model so that the file at <paramref name="path"/> is at any moment the old one or the new one, whole.</summary>
    /// <remarks><c>mlContext.Model.Save</c> empties the file before it writes: where that fails, the old model is lost.</remarks>
    /// <param name="catalog">The catalog.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The schema of the data that the model takes.</param>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; the old one is as it was.</exception>
    public static void SaveAtomically(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(path);
        var draft = path + ".new";
        try
        {
            catalog.Save(model, inputSchema, draft);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
