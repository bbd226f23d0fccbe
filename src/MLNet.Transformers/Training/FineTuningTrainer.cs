using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Trains a transformer that reads texts for a task, from scratch, from a Hugging Face folder or from another transformer.</summary>
/// <remarks>
/// Bad data are refused before training: a missing or mistyped column, no rows, a row without text or class, a single class.
/// Fitting changes nothing in the trainer, so that it can be fitted again, as cross-validation does.
/// </remarks>
public sealed class FineTuningTrainer : IEstimator<FineTunedTransformer>
{
    private readonly IHost host;
    private readonly TextFineTuningOptions options;

    internal FineTuningTrainer(IHostEnvironment environment, TextFineTuningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        host = environment.Register(nameof(FineTuningTrainer));
        this.options = options;
    }

    /// <summary>Trains on every row of the input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The data have no rows, a row has no text or no class, or there is a single class.</exception>
    /// <exception cref="IOException">The folder to start from, or a file in it, is missing or broken; or the checkpoints are of another training.</exception>
    public FineTunedTransformer Fit(IDataView input) => Fit(input, options, Start);

    /// <summary>
    /// Trains on, from the weights and with the tokenizer of a transformer that was trained before, which stays as it is. Of a
    /// transformer for another task or other classes only the encoder is taken, the head starts from random weights, and the log says so.
    /// </summary>
    /// <param name="input">The rows to learn from.</param>
    /// <param name="initialModel">What to start from, instead of what the options say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The data have no rows, a row has no text or no class, or there is a single class.</exception>
    /// <exception cref="ObjectDisposedException">The initial model was disposed.</exception>
    public FineTunedTransformer Fit(IDataView input, FineTunedTransformer initialModel)
    {
        ArgumentNullException.ThrowIfNull(initialModel);
        var start = new WarmStart(initialModel.Task, initialModel.Model);
        return Fit(input, options with { IsWarmStart = true }, (_, task, channel) => start.Create(task, options.MaxLength, channel));
    }

    /// <summary>The input's columns and, after them, the task's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var task = options.Bind(inputSchema);
        task.Check(inputSchema);
        return StagePromise.Of(inputSchema, task.Outputs);
    }

    private FineTunedTransformer Fit(IDataView input, TextFineTuningOptions training, Func<IDataView, TextTask, IChannel, StartingPoint> start)
    {
        ArgumentNullException.ThrowIfNull(input);
        var task = training.Bind(input.Schema);
        var (model, result) = new FineTuning(host, training, "tokens").Fit(
            task,
            input,
            (device, channel) => Place(start(input, task, channel), task, device),
            (model, seed) => task.Prepare(model, input, training, seed));
        return new FineTunedTransformer(task, model, training.BatchTokens, result);
    }

    private TextTaskModel Place(StartingPoint start, TextTask task, torch.Device device)
    {
        start.Network.to(device);
        return new(start.Network, task.Adapt(start.Tokenizer), device) { TargetTokenizer = start.TargetTokenizer, BatchTokens = options.BatchTokens };
    }

    private StartingPoint Start(IDataView input, TextTask task, IChannel channel) =>
        options.PretrainedFolder is { } folder ? Open(folder, task, channel) : Create(input, task);

    private StartingPoint Open(string path, TextTask task, IChannel channel)
    {
        var root = SentenceEmbeddingFolder.Is(path) ? SentenceEmbeddingFolder.Open(path).TransformerPath : path;
        var folder = Models.PretrainedFolder.Open(root);
        var tokenizer = TokenizerSource.Open(root).WithPadding(null).WithTruncation(new Truncation(MaxLength(folder.Config)));
        var (model, fresh) = task.Open(folder);
        if (fresh.Count > 0)
            channel.Info(MessageSensitivity.None, "The head starts from random weights, which '{0}' has none for: {1}.", path, string.Join(", ", fresh));
        var target = TokenizerSource.OpenTarget(root)?.WithPadding(null).WithTruncation(tokenizer.Pipeline.Truncation);
        return new StartingPoint(model, tokenizer, target);
    }

    private StartingPoint Create(IDataView input, TextTask task)
    {
        var truncation = new Truncation(MaxLength(options.Model));
        TransformerTokenizer Learn(IReadOnlyList<InputColumn> columns) => task.LearnTokenizer(TextColumns.Read(input, columns), options).WithTruncation(truncation);
        var (tokenizer, target) = (Learn(task.VocabularyInputs), task.TargetVocabularyInputs is { } columns ? Learn(columns) : null);
        var config = task.Configure(task.Fit(options.Model, tokenizer, target));
        return new StartingPoint(TextModel.Create(WarmStart.WithSegments(config, task), task.CreateHead), tokenizer, target);
    }

    private int MaxLength(TextConfig config) =>
        Math.Min(config.MaxLength, options.MaxLength ?? (options.PretrainedFolder is null ? 128 : config.MaxLength));
}
