using System.Text.Json.Nodes;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>What a saved <see cref="WordTagging"/> needs to know beside its tags.</summary>
internal sealed record WordTaggingSettings(WordTaggingColumns Columns, TaggingScheme? Scheme, AggregationStrategy Aggregation, int? Stride)
{
    public JsonObject ToJson() => new()
    {
        ["label_column"] = Columns.LabelName,
        ["text_column"] = Columns.TextName,
        ["predicted_label_column"] = Columns.PredictedLabelName,
        ["score_column"] = Columns.ScoreName,
        ["word_columns_prefix"] = Columns.WordPrefix,
        ["entity_columns_prefix"] = Columns.EntityPrefix,
        ["scheme"] = Scheme?.ToString(),
        ["aggregation"] = Aggregation.ToString(),
        ["stride"] = Stride,
    };

    public static WordTaggingSettings FromJson(JsonNode json) => new(
        new(
            (string)json["label_column"]!, (string)json["text_column"]!, (string)json["predicted_label_column"]!, (string)json["score_column"]!,
            (string)json["word_columns_prefix"]!, (string)json["entity_columns_prefix"]!),
        (string?)json["scheme"] is { } scheme ? Enum.Parse<TaggingScheme>(scheme) : null,
        Enum.Parse<AggregationStrategy>((string)json["aggregation"]!),
        (int?)json["stride"]);
}

/// <summary>The columns of <see cref="WordTagging"/>.</summary>
internal sealed record WordTaggingColumns(string LabelName, string TextName, string PredictedLabelName, string ScoreName, string WordPrefix, string EntityPrefix)
{
    public InputColumn Label => new(LabelName, ColumnShape.KeyVector, TrainingOnly: true) { MayVary = true };

    public InputColumn Text => new(TextName, ColumnShape.TextVector) { MayVary = true, OrElse = [ColumnShape.Text] };

    private string WordStarts => WordPrefix + "Starts";

    private string WordLengths => WordPrefix + "Lengths";

    private string Types => EntityPrefix + "Types";

    private string Texts => EntityPrefix + "Texts";

    private string Starts => EntityPrefix + "Starts";

    private string Lengths => EntityPrefix + "Lengths";

    private string Scores => EntityPrefix + "Scores";

    public IReadOnlyList<OutputColumn> Outputs(ClassLabels labels) =>
    [
        labels.PredictedLabels(PredictedLabelName),
        labels.Scores(ScoreName),
        new(WordStarts, new VectorDataViewType(NumberDataViewType.Int32)),
        new(WordLengths, new VectorDataViewType(NumberDataViewType.Int32)),
        new(Types, new VectorDataViewType(TextDataViewType.Instance)),
        new(Texts, new VectorDataViewType(TextDataViewType.Instance)),
        new(Starts, new VectorDataViewType(NumberDataViewType.Int32)),
        new(Lengths, new VectorDataViewType(NumberDataViewType.Int32)),
        new(Scores, new VectorDataViewType(NumberDataViewType.Single)),
    ];

    public Delegate CreateGetter(string name, Func<TaggedText> current)
    {
        ValueGetter<VBuffer<int>> Words(Func<TextExtent, int> value) => VectorGetter.Of<int>(() => [.. current().Words.Select(value)]);
        ValueGetter<VBuffer<T>> Entities<T>(Func<TextEntity, T> value) =>
            VectorGetter.Of<T>(() => [.. current().Entities.Select(value)]);
        return name == PredictedLabelName ? VectorGetter.Of(() => current().Tags)
            : name == ScoreName ? VectorGetter.Of(() => current().Scores)
            : name == WordStarts ? Words(word => word.Start)
            : name == WordLengths ? Words(word => word.Length)
            : name == Types ? Entities(entity => entity.Type.AsMemory())
            : name == Texts ? Entities(entity => entity.Text.AsMemory())
            : name == Starts ? Entities(entity => entity.Start)
            : name == Lengths ? Entities(entity => entity.Length)
            : Entities(entity => entity.Score);
    }
}
