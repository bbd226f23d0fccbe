using System.Text;
using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>The column of <see cref="CausalLanguageModeling"/>, and whether its text stands in the output too.</summary>
internal sealed record LanguageModelColumns(string TextName, bool IncludesPrompt)
{
    public InputColumn Text => new(TextName, ColumnShape.Text);
}

/// <summary>The next token of plain text.</summary>
internal sealed class CausalLanguageModeling(LanguageModelColumns columns, GenerationSettings settings, LanguageModelOptions? options = null)
    : TextContinuation(columns.Text, settings)
{
    public const string TaskName = "language-model";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Text];

    public override Func<IReadOnlyList<TokenWindow>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var text = TextColumns.LearningReader(row, columns.Text.In(row.Schema));
        var tokenizer = model.Tokenizer.WithTruncation(null);
        var ends = Ends(model);
        return () =>
        {
            var read = text();
            var ids = new List<int>();
            tokenizer.AppendIds(read, ids);
            if (ends.Count > 0 && !ends.Contains(ids[^1]))
                ids.Add(ends[0]);
            return [new TokenWindow(ids.ToArray()) { Bytes = Encoding.UTF8.GetByteCount(read) }];
        };
    }

    public override IReadOnlyList<TokenWindow> Arrange(IReadOnlyList<TokenWindow> examples, TextTaskModel model)
    {
        var length = MaxLength(model);
        if (options?.PacksTexts != false)
            return Pack(examples, new DocumentPacking(length));
        var windows = new SlidingWindows(length, length - options.WindowOverlap) { CountsOverlap = true };
        return [.. examples.SelectMany(text => windows.Cut(text.Ids, text.Bytes))];
    }

    public override void CheckTraining(IReadOnlyList<TokenWindow> examples)
    {
        if (!examples.Any(text => text.Length > 0))
            throw new ArgumentException($"No text in '{columns.TextName}' has a token that could be foretold from another.");
    }

    public override TrainingTask<TokenWindow> Learn(TextTaskModel model, TextFineTuningOptions training) => new CausalLanguageModelTask(model.Network)
    {
        CrossesDocuments = options?.SeesOtherTexts ?? true,
        RestartsPositions = options?.SeesOtherTexts == false,
        LabelSmoothing = options?.LabelSmoothing ?? 0,
        Vocabulary = options?.VocabularyLoss ?? VocabularyLoss.Full,
        Device = model.Device,
    };

    /// <exception cref="ArgumentException">The data have no rows, or no token that could be foretold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The stride is not within the model's length.</exception>
    public ValidationScore Evaluate(TextTaskModel model, IDataView data, int? stride)
    {
        var length = MaxLength(model);
        var windows = new SlidingWindows(length, stride ?? length);
        var texts = FineTuningExamples<TokenWindow>.Rows(this, data, model, "data").SelectMany(row => row).SelectMany(text => windows.Cut(text.Ids, text.Bytes)).ToList();
        if (texts.Count == 0)
            throw new ArgumentException($"No text in '{columns.TextName}' has a token that could be foretold from another.");
        var training = new LanguageModelOptions { BatchTokens = model.BatchTokens };
        return new TrainingRun<TokenWindow>(new CausalLanguageModelTask(model.Network) { Device = model.Device }, training.ToTraining(0)).Validate(texts);
    }

    public override TextTask With(GenerationSettings settings) => new CausalLanguageModeling(columns, settings, options);

    public override JsonObject ToJson()
    {
        var json = Settings.ToJson();
        json["name"] = Name;
        json["prompt_column"] = columns.TextName;
        json["includes_prompt"] = columns.IncludesPrompt;
        return json;
    }

    public static new CausalLanguageModeling FromJson(JsonNode json) => new(
        new((string)json["prompt_column"]!, (bool)json["includes_prompt"]!),
        GenerationSettings.FromJson(json));

    protected override Func<string, TokenSequence> CreateEncoder(TextTaskModel model)
    {
        var tokenizer = PromptTokenizer(model);
        return text => Prompt(model, tokenizer.Encode(text).Ids);
    }

    protected override string Decode(TextTaskModel model, TokenSequence row, int[] ids) => columns.IncludesPrompt
        ? model.Tokenizer.Decode([.. row.Ids, .. ids], skipSpecialTokens: true)
        : Continuation(model, row, ids);
}
