using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>A task whose model reads images.</summary>
internal abstract class ImageTask : FineTuningTask
{
    private static readonly Dictionary<string, Func<JsonNode, ImageTask>> Readers = new()
    {
        [ImageRecognition.TaskName] = ImageRecognition.FromJson,
        [ZeroShotRecognition.TaskName] = ZeroShotRecognition.FromJson,
        [ImageFeatureExtraction.TaskName] = ImageFeatureExtraction.FromJson,
    };

    /// <summary>Tasks whose models have the same head go on with each other's where training starts from another transformer.</summary>
    public virtual string HeadName => Name;

    /// <summary>A model's config with what the task needs in it, such as the names of the classes.</summary>
    public abstract ImageConfig Configure(ImageConfig config);

    /// <summary>The head that the task's answers come from, for a config that <see cref="Configure"/> has made.</summary>
    public abstract ImageHead CreateHead(ImageConfig config, ImageBackbone backbone);

    /// <summary>The task with the sizes of its outputs, where they follow from the model.</summary>
    public virtual ImageTask For(ImageTaskModel model) => this;

    /// <summary>Writes a model as a Hugging Face folder; its preprocessing and its card aside.</summary>
    /// <exception cref="NotSupportedException">Such models have no published form.</exception>
    public virtual void SavePretrained(ImageTaskModel model, string folder) => PretrainedImageFolder.Save(model.Network, folder);

    public abstract IRowScorer CreateScorer(SharedModel<ImageTaskModel>.Lease model, int batchSize);

    /// <summary>Reads the rows as examples, all of them and nothing else; images are decoded when they are learnt from.</summary>
    /// <exception cref="ArgumentException">There is no row, or one that nothing can be learnt from.</exception>
    public abstract IFineTuningRun Prepare(ImageTaskModel model, IDataView training, ImageFineTuningOptions options, int seed);

    public static ImageTask FromJson(JsonNode json) => (string?)json["name"] is { } name && Readers.TryGetValue(name, out var read)
        ? read(json)
        : throw new FormatException($"The task '{json["name"]}' is unknown to this version.");
}

/// <inheritdoc/>
/// <typeparam name="TExample">What the model learns from; a row makes one.</typeparam>
internal abstract class ImageTask<TExample>
    : ImageTask, IAnsweringTask<ImageTaskModel, Func<PixelImage>, float[]>, ILearningTask<ImageTaskModel, TExample>
{
    /// <summary>The image.</summary>
    protected abstract ImageColumn Image { get; }

    public Func<Func<PixelImage>> CreateReader(DataViewRow row, ImageTaskModel model) => Image.Reader(row);

    /// <summary>All images are the same to a batch.</summary>
    public int LengthOf(Func<PixelImage> row) => 1;

    /// <summary>The model's answers, in the order of the images.</summary>
    public abstract float[][] Predict(ImageTaskModel model, IReadOnlyList<Func<PixelImage>> rows);

    /// <summary>The <see cref="ValueGetter{TValue}"/> of that output.</summary>
    public abstract Delegate CreateGetter(OutputColumn column, Func<float[]> current);

    /// <summary>Reads the examples of the row that <paramref name="row"/> stands on, to learn from them.</summary>
    public abstract Func<IReadOnlyList<TExample>> CreateExampleReader(DataViewRow row, ImageTaskModel model);

    public IReadOnlyList<TExample> Arrange(IReadOnlyList<TExample> examples, ImageTaskModel model) => examples;

    /// <summary>Refuses examples that nothing can be learnt from together.</summary>
    public virtual void CheckTraining(IReadOnlyList<TExample> examples)
    {
    }

    /// <summary>Refuses a validation set whose labels mean something else.</summary>
    public virtual void CheckValidation(DataViewSchema schema)
    {
    }

    public sealed override IRowScorer CreateScorer(SharedModel<ImageTaskModel>.Lease model, int batchSize) =>
        new TaskScorer<ImageTaskModel, Func<PixelImage>, float[]>(this, model, batchSize) { RowsAhead = batchSize };

    public sealed override IFineTuningRun Prepare(ImageTaskModel model, IDataView training, ImageFineTuningOptions options, int seed) =>
        CreateRun(model, FineTuningExamples<TExample>.Read(this, training, model, options, seed), options, seed);

    /// <summary>How the examples are learnt from.</summary>
    protected abstract IFineTuningRun CreateRun(ImageTaskModel model, FineTuningExamples<TExample> examples, ImageFineTuningOptions options, int seed);
}
