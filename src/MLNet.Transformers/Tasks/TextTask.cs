using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>A task whose model reads texts: its head, and how its tokenizer comes about.</summary>
internal abstract class TextTask : FineTuningTask
{
    private static readonly Dictionary<string, Func<JsonNode, TextTask>> Readers = new()
    {
        [TripleEmbedding.TaskName] = TripleEmbedding.FromJson,
        [TextClassification.TaskName] = TextClassification.FromJson,
        [MaskedLanguageModeling.TaskName] = MaskedLanguageModeling.FromJson,
        [MultiLabelClassification.TaskName] = MultiLabelClassification.FromJson,
        [TextRegression.TaskName] = TextRegression.FromJson,
        [SentenceComparison.TaskName] = SentenceComparison.FromJson,
        [WordTagging.TaskName] = WordTagging.FromJson,
        [QuestionAnswering.TaskName] = QuestionAnswering.FromJson,
        [TextChoice.TaskName] = TextChoice.FromJson,
        [SequenceToSequence.TaskName] = SequenceToSequence.FromJson,
        [CausalLanguageModeling.TaskName] = CausalLanguageModeling.FromJson,
        [InstructionTuning.TaskName] = InstructionTuning.FromJson,
        [SpanFilling.TaskName] = SpanFilling.FromJson,
        [TextRestoring.TaskName] = TextRestoring.FromJson,
    };

    /// <summary>Whether inputs are pairs of texts.</summary>
    public abstract bool HasPairs { get; }

    /// <summary>Whether answers hang on capital letters, which then survive in a vocabulary that is learnt from scratch.</summary>
    public virtual bool IsCaseSensitive => false;

    /// <summary>A model's config with what the task needs in it, such as the names of the classes.</summary>
    public abstract TextConfig Configure(TextConfig config);

    /// <summary>Tasks whose models have the same head go on with each other's where training starts from another transformer.</summary>
    public virtual string HeadName => Name;

    /// <summary>The columns that the vocabulary of a model from scratch is learnt from.</summary>
    public virtual IReadOnlyList<InputColumn> VocabularyInputs => Inputs;

    /// <summary>The columns that a vocabulary of what is written is learnt from; null where one vocabulary serves both sides.</summary>
    public virtual IReadOnlyList<InputColumn>? TargetVocabularyInputs => null;

    /// <summary>Learns the tokenizer of a model that starts from scratch.</summary>
    public virtual TransformerTokenizer LearnTokenizer(IEnumerable<string> texts, TextFineTuningOptions options) => new WordPieceTrainer
    {
        VocabularySize = options.VocabularySize,
        Normalizer = new BertNormalizer(lowercases: !(options.CaseSensitive ?? IsCaseSensitive)),
    }.Train(texts, cancellationToken: options.CancellationToken);

    /// <summary>The tokenizer as the task needs it, whatever the model starts from.</summary>
    public virtual TransformerTokenizer Adapt(TransformerTokenizer tokenizer) => tokenizer;

    /// <summary>The config of a model from scratch with what follows from its tokenizers.</summary>
    public virtual TextConfig Fit(TextConfig config, TransformerTokenizer tokenizer, TransformerTokenizer? target) =>
        (HasPairs && config is EncoderConfig { Types: 1 } encoder ? encoder with { Types = 2 } : config) with
        {
            VocabularySize = tokenizer.Vocabulary.IdLimit,
            PaddingId = tokenizer.PaddingTokenId ?? config.PaddingId,
            DecoderStartId = config.IsEncoderDecoder ? tokenizer.BeginningOfSentenceTokenId ?? tokenizer.ClassificationTokenId : config.DecoderStartId,
        };

    /// <summary>The head that the task's answers come from, for a config that <see cref="Configure"/> has made.</summary>
    public abstract Head CreateHead(TextConfig config, TextBackbone backbone);

    /// <summary>Reads a model to start from, with the task's head on it.</summary>
    public virtual PretrainedModel Open(PretrainedFolder folder) => folder.Load(CreateHead, Configure(folder.Config));

    /// <summary>Writes a model as a Hugging Face folder; the tokenizer's files aside.</summary>
    public virtual void SavePretrained(TextTaskModel model, string folder) => PretrainedFolder.Save(model.Network, folder);

    public abstract IRowScorer CreateScorer(SharedModel<TextTaskModel>.Lease model, int batchTokens);

    /// <summary>Reads the rows as examples, all of them and nothing else, so that what is wrong with one is found before training.</summary>
    /// <exception cref="ArgumentException">There is no row, or one that nothing can be learnt from.</exception>
    public abstract IFineTuningRun Prepare(TextTaskModel model, IDataView training, TextFineTuningOptions options, int seed);

    public static TextTask FromJson(JsonNode json) => (string?)json["name"] is { } name && Readers.TryGetValue(name, out var read)
        ? read(json)
        : throw new FormatException($"The task '{json["name"]}' is unknown to this version.");
}

/// <inheritdoc/>
/// <typeparam name="TRow">What the model takes of a row to answer.</typeparam>
/// <typeparam name="TExample">What it learns from; a row may make several.</typeparam>
/// <typeparam name="TPrediction">What it answers.</typeparam>
internal abstract class TextTask<TRow, TExample, TPrediction>
    : TextTask, IAnsweringTask<TextTaskModel, TRow, TPrediction>, ILearningTask<TextTaskModel, TExample>
{
    /// <summary>Reads the row that <paramref name="row"/> stands on, to answer it.</summary>
    public abstract Func<TRow> CreateReader(DataViewRow row, TextTaskModel model);

    /// <summary>Length of a row in tokens.</summary>
    public abstract int LengthOf(TRow row);

    /// <summary>The model's answers, in the order of the rows.</summary>
    public abstract TPrediction[] Predict(TextTaskModel model, IReadOnlyList<TRow> rows);

    /// <summary>The <see cref="ValueGetter{TValue}"/> of that output.</summary>
    public abstract Delegate CreateGetter(OutputColumn column, Func<TPrediction> current);

    /// <summary>Reads the examples of the row that <paramref name="row"/> stands on, to learn from them.</summary>
    public abstract Func<IReadOnlyList<TExample>> CreateExampleReader(DataViewRow row, TextTaskModel model);

    /// <summary>What is learnt from the examples of many rows together: these themselves, where nothing else is said.</summary>
    public virtual IReadOnlyList<TExample> Arrange(IReadOnlyList<TExample> examples, TextTaskModel model) => examples;

    /// <summary>Refuses examples that nothing can be learnt from together.</summary>
    public virtual void CheckTraining(IReadOnlyList<TExample> examples)
    {
    }

    /// <summary>Refuses a validation set whose labels mean something else.</summary>
    public virtual void CheckValidation(DataViewSchema schema)
    {
    }

    /// <summary>The loss, and how well the model does.</summary>
    public abstract TrainingTask<TExample> Learn(TextTaskModel model, TextFineTuningOptions options);

    public sealed override IRowScorer CreateScorer(SharedModel<TextTaskModel>.Lease model, int batchTokens) =>
        new TaskScorer<TextTaskModel, TRow, TPrediction>(this, model, batchTokens) { CostOfPass = PassCost(model.Model) };

    /// <summary>What a forward pass costs beside its elements, in elements.</summary>
    protected virtual int PassCost(TextTaskModel model) => LengthBatches.PassCostOn(model.Device);

    public sealed override IFineTuningRun Prepare(TextTaskModel model, IDataView training, TextFineTuningOptions options, int seed) =>
        CreateRun(model, FineTuningExamples<TExample>.Read(this, training, model, options, seed), options, seed);

    /// <summary>How the examples are learnt from: one training run, where nothing else is said.</summary>
    protected virtual IFineTuningRun CreateRun(TextTaskModel model, FineTuningExamples<TExample> examples, TextFineTuningOptions options, int seed) =>
        new FineTuningRun<TExample>(new TrainingRun<TExample>(Learn(model, options), options.ToTraining(seed)), examples);
}
