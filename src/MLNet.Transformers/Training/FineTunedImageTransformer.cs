using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;

[assembly: LoadableClass(typeof(FineTunedImageTransformer), null, typeof(SignatureLoadModel), "Fine-tuned image transformer", FineTunedImageTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A transformer that reads images and was trained for a task, as an ML.NET stage.</summary>
/// <remarks>Saved with <c>mlContext.Model.Save</c>, it loads in any process that can find this library; nothing needs registering.</remarks>
public sealed class FineTunedImageTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersImage";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTIMAG", LoaderSignature);

    private readonly ImageTask task;
    private readonly SharedModel<ImageTaskModel>.Lease model;
    private readonly int batchSize;

    internal FineTunedImageTransformer(ImageTask task, ImageTaskModel model, int batchSize, TrainingResult? result)
        : this(task, SharedModel<ImageTaskModel>.Hold(model, nameof(FineTunedImageTransformer)), batchSize, result)
    {
    }

    private FineTunedImageTransformer(ImageTask task, SharedModel<ImageTaskModel>.Lease model, int batchSize, TrainingResult? result)
        : base(task.CreateScorer(model, batchSize))
    {
        this.task = task;
        this.model = model;
        this.batchSize = batchSize;
        TrainingResult = result;
    }

    /// <summary>How training went; null for a transformer that was loaded, or is applied as it was published.</summary>
    public TrainingResult? TrainingResult { get; }

    /// <summary>The model's config.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public ImageConfig Config => model.Model.Network.Config;

    /// <summary>How images become what the model reads.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public ImageProcessor Processor => model.Model.Processor;

    /// <summary>What the model was trained for.</summary>
    internal ImageTask Task => task;

    /// <summary>The model with its preprocessing, which stay the transformer's.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal ImageTaskModel Model => model.Model;

    /// <summary>The model for another owner, who lets go of it by itself.</summary>
    /// <param name="owner">What errors after its disposal call that owner.</param>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal SharedModel<ImageTaskModel>.Lease Share(string owner) => model.Share(owner);

    /// <summary>Writes the model as a Hugging Face folder: config.json, model.safetensors, preprocessor_config.json, and a model card.</summary>
    /// <param name="folder">The folder, which is made when it is not there.</param>
    /// <exception cref="NotSupportedException">The model is a zero-shot classifier, which has no published form.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void SavePretrained(string folder)
    {
        task.SavePretrained(model.Model, folder);
        Processor.Save(folder);
        new ModelCard(task, Config, TrainingResult).Save(folder);
    }

    private protected override void Save(ModelSaveContext context)
    {
        var description = task.ToJson();
        description["batch_size"] = batchSize;
        ModelFile.Begin(context, Version, description);
        ImageModelEntry.Write(context, model.Model);
    }

    private static FineTunedImageTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var task = ImageTask.FromJson(description);
        var model = ImageModelEntry.Read(context, environment.Register(LoaderSignature), task.CreateHead);
        return new FineTunedImageTransformer(task, model, (int)description["batch_size"]!, null);
    }
}
