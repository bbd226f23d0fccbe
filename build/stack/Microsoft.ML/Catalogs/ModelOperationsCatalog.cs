namespace Microsoft.ML;

/// <summary>Saving, loading and using models.</summary>
public sealed partial class ModelOperationsCatalog : IInternalCatalog
{
    internal const string SchemaEntryName = "Schema";

    private readonly IHostEnvironment _env;

    internal ModelOperationsCatalog(IHostEnvironment env) => _env = env;

    IHostEnvironment IInternalCatalog.Environment => _env;

    private const string TransformerDirectory = TransformerChain.LoaderSignature;

    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        _env.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.Create(filePath);
        Save(model, inputSchema, stream);
    }

    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        _env.CheckValue(stream, nameof(stream));
        using var repository = RepositoryWriter.CreateNew(stream, _env);
        ModelSaveContext.SaveModel(repository, model, TransformerDirectory);
        if (inputSchema is not null)
        {
            using var entry = repository.CreateEntry(null, SchemaEntryName);
            using var writer = new BinaryWriter(entry.Stream, System.Text.Encoding.UTF8, leaveOpen: true);
            SchemaCodec.Write(writer, inputSchema);
        }

        repository.Commit();
    }

    public void Save<TSource>(ITransformer model, IDataLoader<TSource> loader, string filePath)
    {
        _env.CheckValue(loader, nameof(loader));
        _env.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.Create(filePath);
        Save(model, loader, stream);
    }

    public void Save<TSource>(ITransformer model, IDataLoader<TSource> loader, Stream stream)
    {
        _env.CheckValue(loader, nameof(loader));
        _env.CheckValue(stream, nameof(stream));
        var chain = model is null ? null : new TransformerChain<ITransformer>(model);
        using var repository = RepositoryWriter.CreateNew(stream, _env);
        ModelSaveContext.SaveModel(repository, new CompositeDataLoader<TSource, ITransformer>(loader, chain), null);
        repository.Commit();
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        _env.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        _env.CheckValue(stream, nameof(stream));
        using var repository = RepositoryReader.Open(stream, _env);
        ITransformer transformer;
        using (var entry = repository.OpenEntryOrNull(null, SchemaEntryName))
        {
            if (entry is not null)
            {
                using var reader = new BinaryReader(entry.Stream);
                inputSchema = SchemaCodec.Read(reader);
                ModelLoadContext.LoadModel<ITransformer, SignatureLoadModel>(_env, out transformer, repository, TransformerDirectory);
                return transformer;
            }
        }

        if (ModelLoadContext.LoadModelOrNull<IDataLoader<IMultiStreamSource>, SignatureLoadModel>(_env, out var loader, repository, null))
        {
            transformer = Decompose(ref loader);
            inputSchema = loader.GetOutputSchema();
            return transformer;
        }

        if (ModelLoadContext.LoadModelOrNull<ITransformer, SignatureLoadModel>(_env, out transformer, repository, TransformerDirectory))
        {
            inputSchema = null;
            return transformer;
        }

        // Before there were loaders a model had its own under this name: the packages look for it last.
        throw _env.Except(_env.Except("Repository doesn't contain entry {0}", "DataLoaderModel/Model.key"), "Could not load legacy format model");
    }

    public ITransformer LoadWithDataLoader(string filePath, out IDataLoader<IMultiStreamSource> loader)
    {
        _env.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.OpenRead(filePath);
        return LoadWithDataLoader(stream, out loader);
    }

    public ITransformer LoadWithDataLoader(Stream stream, out IDataLoader<IMultiStreamSource> loader)
    {
        _env.CheckValue(stream, nameof(stream));
        using var repository = RepositoryReader.Open(stream, _env);
        try
        {
            ModelLoadContext.LoadModel<IDataLoader<IMultiStreamSource>, SignatureLoadModel>(_env, out loader, repository, null);
            return Decompose(ref loader);
        }
        catch (Exception exception)
        {
            throw _env.Except(exception, "Model does not contain an IDataLoader. Perhaps this was saved with an DataViewSchema, "
                + "or even no information on its input at all. Consider using the Load method instead.");
        }
    }

    private static ITransformer Decompose(ref IDataLoader<IMultiStreamSource> loader)
    {
        if (loader is not CompositeDataLoader<IMultiStreamSource, ITransformer> composite)
            return new TransformerChain<ITransformer>();
        loader = composite.Loader;
        return ((ITransformerChainAccessor)composite.Transformer).Transformers is [var only] ? only : composite.Transformer;
    }
}
