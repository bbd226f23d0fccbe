namespace MLNet.Transformers.Tool.Search;

/// <summary>Keeps the best model of a search as a file of ML.NET.</summary>
/// <param name="mlContext">Where to.</param>
/// <param name="schema">The columns of the data.</param>
/// <param name="folder">The folder of the search.</param>
internal sealed class ModelStore(MLContext mlContext, DataViewSchema schema, SearchFolder folder) : IModelStore
{
    /// <inheritdoc/>
    public void Keep(int number, ITransformer model) =>
        WholeFile.Write(folder.Model(number), path => mlContext.Model.Save(model, schema, path));

    /// <inheritdoc/>
    public void Clean(int? best) => folder.Clean(best);
}
