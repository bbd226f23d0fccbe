using System.Text.Json;
using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>A vector for a text, near those of texts that mean the same.</summary>
/// <typeparam name="TExample">Texts that belong together.</typeparam>
/// <param name="columns">Where they are.</param>
/// <param name="embedding">How tokens' states become a vector.</param>
/// <param name="width">Width of the vector.</param>
internal abstract class ContrastiveEmbedding<TExample>(ContrastiveColumns columns, SentenceEmbeddingConfig embedding, int width)
    : TextTask<TokenSequence, TExample, float[]>
{
    public const string TaskName = "sentence-embedding";

    public sealed override string Name => TaskName;

    public sealed override IReadOnlyList<InputColumn> Inputs { get; } = columns.Inputs;

    public sealed override IReadOnlyList<OutputColumn> Outputs { get; } =
        [new(columns.EmbeddingName, new VectorDataViewType(NumberDataViewType.Single, width), DataViewSchema.Annotations.Empty)];

    public sealed override bool HasPairs => false;

    /// <summary>The sentence-transformers folder that it starts from, whose dense maps are to be read too; null for none.</summary>
    public SentenceEmbeddingFolder? Origin { get; init; }

    protected ContrastiveColumns Columns { get; } = columns;

    public sealed override TextConfig Configure(TextConfig config) => config with { LabelNames = null, ProblemType = null };

    /// <exception cref="ArgumentException">The model that training goes on from is of another size than the options say.</exception>
    public sealed override Head CreateHead(TextConfig config, TextBackbone backbone) => embedding.Width(config.OutputSize) == width
        ? new SentenceEmbedding(embedding, config)
        : throw new ArgumentException($"The model's vectors have {embedding.Width(config.OutputSize)} numbers, and '{Columns.EmbeddingName}' {width}: set {nameof(TextFineTuningOptions.Model)} to a config of that size.");

    public sealed override PretrainedModel Open(PretrainedFolder folder) =>
        Origin is null ? base.Open(folder) : new PretrainedModel(Origin.Load(embedding), []);

    public sealed override Func<TokenSequence> CreateReader(DataViewRow row, TextTaskModel model)
    {
        var text = TextColumns.Reader(row, Columns.Text.In(row.Schema));
        return () => model.Encode(text(), null);
    }

    public sealed override int LengthOf(TokenSequence row) => row.Length;

    public sealed override float[][] Predict(TextTaskModel model, IReadOnlyList<TokenSequence> rows) =>
        [.. model.Score(rows, vectors => vectors.alias()).Chunk(width)];

    public sealed override Delegate CreateGetter(OutputColumn column, Func<float[]> current) => VectorGetter.Of(current);

    /// <summary>The folder of sentence-transformers.</summary>
    public sealed override void SavePretrained(TextTaskModel model, string folder) =>
        SentenceEmbeddingFolder.Save(model.Network, new SentenceTextSettings { MaxLength = model.Tokenizer.Pipeline.Truncation?.MaxLength }, folder);

    public sealed override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["text_column"] = Columns.TextName,
        ["partner_column"] = Columns.PartnerName,
        ["negative_column"] = Columns.NegativeName,
        ["similarity_column"] = Columns.SimilarityName,
        ["embedding_column"] = Columns.EmbeddingName,
        ["embedding"] = JsonSerializer.SerializeToNode(embedding),
        ["width"] = width,
    };
}
