using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

[assembly: LoadableClass(typeof(TextAttentionTransformer), null, typeof(SignatureLoadModel), "Attention of texts", TextAttentionTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A transformer as an ML.NET stage that says of each text how much each token looks at each other.</summary>
/// <remarks>Saved with <c>mlContext.Model.Save</c>, it carries its weights, without any head, and its tokenizer.</remarks>
public sealed class TextAttentionTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersLook";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTLOOK", LoaderSignature);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly TextAttentionColumns columns;
    private readonly SharedModel<TextTaskModel>.Lease model;
    private readonly TextAttentionReader reader;
    private readonly int batchTokens;

    internal TextAttentionTransformer(TextAttentionColumns columns, SharedModel<TextTaskModel>.Lease model, int? maxLength, int batchTokens)
        : this(columns, model, new TextAttentionReader(model.Model, maxLength), batchTokens)
    {
    }

    private TextAttentionTransformer(TextAttentionColumns columns, SharedModel<TextTaskModel>.Lease model, TextAttentionReader reader, int batchTokens)
        : base(new TextAttentionScorer(columns, model, reader, batchTokens))
    {
        this.columns = columns;
        this.model = model;
        this.reader = reader;
        this.batchTokens = batchTokens;
    }

    /// <summary>Number of layers in the output: 1 where they are rolled out.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public int Layers => columns.Rollout is null ? columns.SizesOf(model.Model.Network.Config).Layers : 1;

    /// <summary>Number of heads in the output: 1 where the layers are rolled out.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public int Heads => columns.Rollout is null ? columns.SizesOf(model.Model.Network.Config).Heads : 1;

    /// <summary>The attention in one text, to look at.</summary>
    /// <param name="text">What stands in the text column for a whole data set.</param>
    /// <param name="pair">What stands in the column of second texts, where there is one.</param>
    /// <param name="target">What stands in the target column, where there is one.</param>
    /// <exception cref="ArgumentException">A text is missing that the stage reads, or one is given that it does not, or the text has no token.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    /// <example><code>
    /// model.MapOf("The cat sat on the mat.").SaveHtml("attention.html");
    /// </code></example>
    public AttentionMap MapOf(string text, string? pair = null, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Require(pair, columns.TextPair, nameof(pair));
        Require(target, columns.Target, nameof(target));
        var row = reader.Read(text, pair, target);
        using var session = new TextAttentionSession(columns, model.Share(), wantsWeights: true);
        var found = session.Score([row])[0];
        if (found.Weights is not { Length: > 0 } weights)
            throw new ArgumentException("The text has no token.", nameof(text));
        var queries = columns.Side == AttentionSide.TargetToSource ? found.Queries : found.Keys;
        return AttentionMap.OfText(queries, found.Keys, new AttentionWeights(weights, Layers, Heads, queries.Length, found.Keys.Length));
    }

    /// <summary>A head without weights: attention needs none, and of a trained model none is kept.</summary>
    internal static Head CreateHead(TextConfig config, TextBackbone backbone) => new SentenceEmbedding(new SentenceEmbeddingConfig(), config);

    private protected override void Save(ModelSaveContext context)
    {
        ModelFile.Begin(context, Version, new JsonObject
        {
            ["columns"] = JsonSerializer.SerializeToNode(columns, Json),
            ["max_length"] = reader.MaxLength,
            ["batch_tokens"] = batchTokens,
            ["has_target_tokenizer"] = model.Model.TargetTokenizer is not null,
        });
        var network = model.Model.Network;
        // Not disposed: its backbone is the shared model's.
        var headless = new TextModel(network.Config, network.Backbone, CreateHead(network.Config, network.Backbone));
        TextModelEntry.Write(context, model.Model with { Network = headless });
    }

    private static TextAttentionTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var model = TextModelEntry.Read(context, environment.Register(LoaderSignature), CreateHead) with
        {
            TargetTokenizer = (bool)description["has_target_tokenizer"]! ? TokenizerEntry.ReadTarget(context) : null,
        };
        return new TextAttentionTransformer(
            description["columns"].Deserialize<TextAttentionColumns>(Json)!,
            SharedModel<TextTaskModel>.Hold(model, nameof(TextAttentionTransformer)),
            (int)description["max_length"]!,
            (int)description["batch_tokens"]!);
    }

    private static void Require(string? text, string? column, string parameter)
    {
        if (text is null != column is null)
            throw new ArgumentException(column is null ? "The stage reads no such text." : $"The stage reads one more text, that of the column '{column}'.", parameter);
    }
}
