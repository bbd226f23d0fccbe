using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using TorchSharp;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="MaskedLanguageModeling"/>, and how many tokens are offered for each mask.</summary>
internal sealed record FillMaskColumns(string TextName, string TokensName, string ScoresName, string FilledTextName, int TopTokens)
{
    public InputColumn Text => new(TextName, ColumnShape.Text);
}

/// <summary>The tokens that are hidden in a text.</summary>
internal sealed class MaskedLanguageModeling(FillMaskColumns columns, bool hasOrder, MaskedLanguageModelOptions? options = null)
    : TextTask<TextWithMasks, MaskedTextExample, MaskFilling>
{
    public const string TaskName = "masked-language-model";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Text];

    public override IReadOnlyList<OutputColumn> Outputs { get; } =
    [
        new(columns.TokensName, new VectorDataViewType(TextDataViewType.Instance), DataViewSchema.Annotations.Empty),
        new(columns.ScoresName, new VectorDataViewType(NumberDataViewType.Single), DataViewSchema.Annotations.Empty),
        new(columns.FilledTextName, TextDataViewType.Instance, DataViewSchema.Annotations.Empty),
    ];

    public override bool HasPairs => hasOrder;

    public override TextConfig Configure(TextConfig config) => config with { LabelNames = null, ProblemType = null };

    /// <exception cref="NotSupportedException">The family writes texts, or an order is to be learnt, and the family has no weights for that.</exception>
    public override Head CreateHead(TextConfig config, TextBackbone backbone)
    {
        if (config.LanguageModel is not null)
            throw new NotSupportedException($"Models of the family '{config.ModelType}' write texts, and see nothing of what comes later: they cannot be asked what is hidden.");
        if (hasOrder && !Architectures.Find(config.ModelType).Names.Publishes($"{nameof(MaskedLanguageModel)}.order.weight"))
            throw new NotSupportedException($"Models of the family '{config.ModelType}' learn nothing of the order of texts: set {nameof(OrderObjective)}.{nameof(OrderObjective.None)}.");
        return new MaskedLanguageModel(config.HiddenSize, backbone.Embedding, config.MaskedLanguageModel, hasOrder);
    }

    public override Func<TextWithMasks> CreateReader(DataViewRow row, TextTaskModel model)
    {
        var text = TextColumns.Reader(row, columns.Text.In(row.Schema));
        var mask = MaskId(model);
        return () =>
        {
            var tokens = model.Encode(text(), null);
            return new TextWithMasks(tokens, [.. Enumerable.Range(0, tokens.Length).Where(position => tokens.Ids[position] == mask)]);
        };
    }

    public override int LengthOf(TextWithMasks row) => row.Tokens.Length;

    public override Func<IReadOnlyList<MaskedTextExample>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var text = TextColumns.LearningReader(row, columns.Text.In(row.Schema));
        var reader = new MaskedTextReader(new MaskableText(model), options?.OrderObjective ?? OrderObjective.None);
        return () => reader.Read(text());
    }

    public override void CheckTraining(IReadOnlyList<MaskedTextExample> examples)
    {
        if (examples.Count == 0)
            throw new ArgumentException($"No row has words in '{columns.TextName}' that can be hidden.");
    }

    public override TrainingTask<MaskedTextExample> Learn(TextTaskModel model, TextFineTuningOptions training)
    {
        var special = model.SpecialIds();
        var masking = new TokenMasking(MaskId(model), [.. model.Tokenizer.Vocabulary.Tokens.Select(token => token.Value).Where(id => !special.Contains(id))]);
        return new MaskedLanguageModelTask(model.Network, options is null ? masking : options.Apply(masking)) { Device = model.Device };
    }

    /// <exception cref="ArgumentException">The data have no rows, or no words.</exception>
    public ValidationScore Evaluate(TextTaskModel model, IDataView data)
    {
        var examples = FineTuningExamples<MaskedTextExample>.Rows(this, data, model, "data").SelectMany(row => row).ToList();
        CheckTraining(examples);
        var settings = new MaskedLanguageModelOptions { BatchTokens = model.BatchTokens };
        return new TrainingRun<MaskedTextExample>(Learn(model, settings), settings.ToTraining(0)).Validate(examples);
    }

    public override MaskFilling[] Predict(TextTaskModel model, IReadOnlyList<TextWithMasks> rows)
    {
        TokenSequence[] sequences = [.. rows.Select(row => row.Tokens)];
        TransformerMetrics.CountRead(sequences);
        using var frozen = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        using var batch = TokenBatch.Pad(sequences, model.Network.Config.PaddingId, device: model.Device);
        long[] places = [.. rows.SelectMany((row, index) => row.Positions.Select(position => index * batch.Length + position))];
        if (places.Length == 0)
            return [.. rows.Select(row => new MaskFilling([], [], Decode(model, row.Tokens.Ids)))];
        var hidden = model.Network.Backbone.call(batch).flatten(0, 1);
        var states = hidden.index_select(0, torch.tensor(places, [places.Length], device: model.Device));
        var probabilities = ((MaskedLanguageModel)model.Network.Head).Scores(states).softmax(1);
        var (scores, ids) = probabilities.topk(Math.Min(columns.TopTokens, (int)probabilities.size(1)), 1);
        return Answers(model, rows, ids.cpu().data<long>().ToArray(), scores.cpu().data<float>().ToArray(), (int)ids.size(1));
    }

    public override Delegate CreateGetter(OutputColumn column, Func<MaskFilling> current)
    {
        if (column.Name == columns.TokensName)
            return VectorGetter.Of(() => current().Tokens);
        return column.Name == columns.ScoresName
            ? VectorGetter.Of(() => current().Scores)
            : (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> target) => target = current().Text.AsMemory());
    }

    public override JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["text_column"] = columns.TextName,
        ["tokens_column"] = columns.TokensName,
        ["scores_column"] = columns.ScoresName,
        ["filled_text_column"] = columns.FilledTextName,
        ["top_tokens"] = columns.TopTokens,
        ["has_order"] = hasOrder,
    };

    public static new MaskedLanguageModeling FromJson(JsonNode json) => new(
        new(
            (string)json["text_column"]!,
            (string)json["tokens_column"]!,
            (string)json["scores_column"]!,
            (string)json["filled_text_column"]!,
            (int)json["top_tokens"]!),
        (bool)json["has_order"]!);

    private static MaskFilling[] Answers(TextTaskModel model, IReadOnlyList<TextWithMasks> rows, long[] ids, float[] scores, int perMask)
    {
        var tokens = Array.ConvertAll(ids, id => model.Tokenizer.Decode([(int)id]).AsMemory());
        var answers = new MaskFilling[rows.Count];
        for (int i = 0, start = 0; i < answers.Length; i++)
        {
            var end = start + rows[i].Positions.Length * perMask;
            var filled = (int[])rows[i].Tokens.Ids.Clone();
            foreach (var (mask, position) in rows[i].Positions.Index())
                filled[position] = (int)ids[start + mask * perMask];
            answers[i] = new MaskFilling(tokens[start..end], scores[start..end], Decode(model, filled));
            start = end;
        }
        return answers;
    }

    private static string Decode(TextTaskModel model, int[] ids) => model.Tokenizer.Decode(ids, skipSpecialTokens: true);

    private static int MaskId(TextTaskModel model) =>
        model.Tokenizer.MaskTokenId ?? throw new InvalidOperationException("The tokenizer has no mask token.");
}
