using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Trains two towers on images with captions, from scratch, from a Hugging Face folder or from another transformer.</summary>
/// <remarks>Fitting changes nothing in the trainer, so that it can be fitted again.</remarks>
public sealed class ContrastiveImageTextTrainer : IEstimator<ImageTextTransformer>
{
    private readonly IHost host;
    private readonly ContrastiveImageTextOptions options;

    internal ContrastiveImageTextTrainer(IHostEnvironment environment, ContrastiveImageTextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        host = environment.Register(nameof(ContrastiveImageTextTrainer));
        this.options = options;
    }

    /// <summary>Trains on every row of the input.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The data have no rows, a row has no text, or there is a single row.</exception>
    /// <exception cref="IOException">The folder to start from, or a file in it, is missing or broken; or the checkpoints are of another training.</exception>
    public ImageTextTransformer Fit(IDataView input) =>
        Fit(input, options, device => options.PretrainedFolder is { } folder ? ImageTextSource.Open(folder, options.Processor, device) : Create(input, device));

    /// <summary>Trains on, from the weights of a transformer that was trained before, which stays as it is.</summary>
    /// <param name="input">The rows to learn from.</param>
    /// <param name="initialModel">What to start from, instead of what the options say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException">The data have no rows, a row has no text, or there is a single row.</exception>
    /// <exception cref="ObjectDisposedException">The initial model was disposed.</exception>
    public ImageTextTransformer Fit(IDataView input, ImageTextTransformer initialModel)
    {
        ArgumentNullException.ThrowIfNull(initialModel);
        var source = initialModel.Model;
        return Fit(input, options with { IsWarmStart = true }, device => ImageTextSource.Copy(source, options.Processor, device));
    }

    /// <summary>The input's columns and, after them, the vectors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var task = options.Bind(1);
        task.Check(inputSchema);
        return StagePromise.Of(inputSchema, task.Outputs);
    }

    private ImageTextTransformer Fit(IDataView input, ContrastiveImageTextOptions training, Func<torch.Device, ImageTextModel> start)
    {
        ArgumentNullException.ThrowIfNull(input);
        var task = training.Bind(1);
        var (model, result) = new FineTuning(host, training, "images").Fit(task, input, (device, _) => start(device), (model, seed) => Prepare(task, model, input, training, seed));
        return new ImageTextTransformer(task.For(model), model, training.BatchSize, result);
    }

    private static FineTuningRun<ImageTextPair> Prepare(ImageTextMatching task, ImageTextModel model, IDataView input, ContrastiveImageTextOptions training, int seed)
    {
        var examples = FineTuningExamples<ImageTextPair>.Read(task, input, model, training, seed);
        var contrastive = new ContrastiveImageTextTask(model.Network, model.Processor) { Augmentations = training.Augmentations, SparesEqualTexts = training.SparesEqualTexts, Device = model.Device };
        return new(new TrainingRun<ImageTextPair>(contrastive, training.ToTraining(seed)), examples);
    }

    private ImageTextModel Create(IDataView input, torch.Device device)
    {
        var texts = TextColumns.Read(input, [new(options.TextColumnName, ColumnShape.Text)]);
        var tokenizer = new WordPieceTrainer { VocabularySize = options.VocabularySize }
            .Train(texts, cancellationToken: options.CancellationToken)
            .WithTruncation(new Truncation(options.Model.Text.MaxLength));
        var text = options.Model.Text with
        {
            VocabularySize = tokenizer.Vocabulary.IdLimit,
            PaddingId = tokenizer.PaddingTokenId ?? 0,
            BosId = tokenizer.ClassificationTokenId,
            EosIds = tokenizer.SeparatorTokenId is { } end ? [end] : null,
        };
        var network = ClipModel.Create(options.Model with { Text = text });
        network.to(device);
        return new ImageTextModel(network, tokenizer, options.Processor ?? ImageProcessor.Of(options.Model.Vision), device);
    }
}
