using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;

[assembly: LoadableClass(typeof(TransformerFeaturizingTransformer), null, typeof(SignatureLoadModel), "Transformer featurizer", TransformerFeaturizingTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A transformer's encoder as an ML.NET stage that makes texts vectors.</summary>
/// <remarks>Saved with <c>mlContext.Model.Save</c>, it carries its weights and its tokenizer, and loads in any process that can find this library.</remarks>
public sealed class TransformerFeaturizingTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersFeature";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTFEAT", LoaderSignature);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly FeatureColumns columns;
    private readonly SharedModel<FeaturizerModel>.Lease model;
    private readonly int batchTokens;

    internal TransformerFeaturizingTransformer(FeatureColumns columns, FeaturizerModel model, int batchTokens)
        : this(columns, SharedModel<FeaturizerModel>.Hold(model, nameof(TransformerFeaturizingTransformer)), batchTokens)
    {
    }

    private TransformerFeaturizingTransformer(FeatureColumns columns, SharedModel<FeaturizerModel>.Lease model, int batchTokens)
        : base(new FeaturizingScorer(columns, model, batchTokens))
    {
        this.columns = columns;
        this.model = model;
        this.batchTokens = batchTokens;
    }

    /// <summary>The model's config.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public TextConfig Config => model.Model.Config;

    /// <summary>How states become vectors.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public SentenceEmbeddingConfig Embedding => model.Model.Head.Config;

    /// <summary>The model's tokenizer, with the stage's truncation.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public TransformerTokenizer Tokenizer => model.Model.Model.Tokenizer;

    /// <summary>Writes the model as a folder that sentence-transformers reads.</summary>
    /// <param name="folder">The folder, which is made when it is not there.</param>
    /// <exception cref="NotSupportedException">sentence-transformers has no name for the stage's poolings.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void SavePretrained(string folder)
    {
        var featurizer = model.Model;
        var texts = featurizer.Preparation.Settings ?? new SentenceTextSettings();
        SentenceEmbeddingFolder.Save(featurizer.Model.Network, texts with { MaxLength = featurizer.MaxLength }, folder);
        Tokenizer.SavePretrained(folder);
    }

    private protected override void Save(ModelSaveContext context)
    {
        var featurizer = model.Model;
        ModelFile.Begin(context, Version, new JsonObject
        {
            ["columns"] = JsonSerializer.SerializeToNode(columns, Json),
            ["embedding"] = JsonSerializer.SerializeToNode(Embedding, Json),
            ["preparation"] = JsonSerializer.SerializeToNode(featurizer.Preparation, Json),
            ["batch_tokens"] = batchTokens,
        });
        TextModelEntry.Write(context, featurizer.Model);
    }

    private static TransformerFeaturizingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var embedding = description["embedding"].Deserialize<SentenceEmbeddingConfig>(Json)!;
        var columns = description["columns"].Deserialize<FeatureColumns>(Json)!;
        var preparation = description["preparation"].Deserialize<TextPreparation>(Json)!;
        var batchTokens = (int)description["batch_tokens"]!;
        var model = TextModelEntry.Read(context, environment.Register(LoaderSignature), (config, _) => new SentenceEmbedding(embedding, config));
        return new TransformerFeaturizingTransformer(columns, new FeaturizerModel(model, preparation), batchTokens);
    }
}
