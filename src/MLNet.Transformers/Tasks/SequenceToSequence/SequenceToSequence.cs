using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>The columns of <see cref="SequenceToSequence"/>, and what is put before every source.</summary>
internal sealed record SequenceColumns(string SourceName, string TargetName, string SourcePrefix)
{
    public InputColumn Source => new(SourceName, ColumnShape.Text);

    public InputColumn Target => new(TargetName, ColumnShape.Text, TrainingOnly: true);
}

/// <summary>One text written from another.</summary>
internal sealed class SequenceToSequence(SequenceColumns columns, GenerationSettings settings, SequenceToSequenceOptions? options = null)
    : TextGeneration<SequencePair>(columns.Source, settings)
{
    public const string TaskName = "sequence-to-sequence";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; } = [columns.Source, columns.Target];

    public override IReadOnlyList<InputColumn> VocabularyInputs => HasTwoVocabularies ? [columns.Source] : Inputs;

    public override IReadOnlyList<InputColumn>? TargetVocabularyInputs => HasTwoVocabularies ? [columns.Target] : null;

    protected override bool HasSource => true;

    private bool HasTwoVocabularies => options?.SharesVocabulary == false;

    /// <exception cref="NotSupportedException">There are two vocabularies, and models of the family have one.</exception>
    public override TextConfig Fit(TextConfig config, TransformerTokenizer tokenizer, TransformerTokenizer? target)
    {
        var fitted = base.Fit(config, tokenizer, target);
        if (target is null)
            return fitted;
        return fitted is TransformerConfig transformer
            ? transformer with { TargetVocabularySize = target.Vocabulary.IdLimit }
            : throw new NotSupportedException($"Models of the family '{config.ModelType}' have one vocabulary for both sides: leave {nameof(SequenceToSequenceOptions.SharesVocabulary)} true.");
    }

    public override Func<IReadOnlyList<SequencePair>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var source = TextColumns.LearningReader(row, columns.Source.In(row.Schema));
        var target = TextColumns.LearningReader(row, columns.Target.In(row.Schema));
        var (encodeSource, encodeTarget) = (CreateEncoder(model), TargetEncoder(model));
        return () => [new SequencePair(encodeSource(source()), encodeTarget(target()))];
    }

    public override TrainingTask<SequencePair> Learn(TextTaskModel model, TextFineTuningOptions training) => new SequenceToSequenceTask(model.Network)
    {
        LabelSmoothing = options?.LabelSmoothing ?? 0,
        ScheduledSampling = options?.ScheduledSampling,
        Vocabulary = options?.VocabularyLoss ?? VocabularyLoss.Full,
        Device = model.Device,
    };

    public override TextTask With(GenerationSettings settings) => new SequenceToSequence(columns, settings, options);

    public override JsonObject ToJson()
    {
        var json = Settings.ToJson();
        json["name"] = Name;
        json["source_column"] = columns.SourceName;
        json["target_column"] = columns.TargetName;
        json["source_prefix"] = columns.SourcePrefix;
        return json;
    }

    public static new SequenceToSequence FromJson(JsonNode json) => new(
        new((string)json["source_column"]!, (string)json["target_column"]!, (string)json["source_prefix"]!),
        GenerationSettings.FromJson(json));

    protected override Func<string, TokenSequence> CreateEncoder(TextTaskModel model) => text => SourceText.Encode(model, columns.SourcePrefix + text);

    protected override string Decode(TextTaskModel model, TokenSequence row, int[] ids) => model.WritingTokenizer.Decode(ids, skipSpecialTokens: true);

    private Func<string, TokenSequence> TargetEncoder(TextTaskModel model)
    {
        var tokenizer = options?.MaxTargetLength is { } length
            ? model.WritingTokenizer.WithTruncation(new Truncation(Math.Min(length, model.Network.Config.MaxLength)))
            : model.WritingTokenizer;
        return text => TextTaskModel.ToSequence(tokenizer.Encode(text));
    }
}
