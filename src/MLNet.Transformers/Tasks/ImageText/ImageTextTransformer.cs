using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;

[assembly: LoadableClass(typeof(ImageTextTransformer), null, typeof(SignatureLoadModel), "Image and text transformer", ImageTextTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A transformer that gives images and texts vectors in one space, as an ML.NET stage: <see href="https://arxiv.org/abs/2103.00020">CLIP</see>.</summary>
/// <remarks>Saved with <c>mlContext.Model.Save</c>, it loads in any process that can find this library; nothing needs registering.</remarks>
public sealed class ImageTextTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersClip";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTCLIP", LoaderSignature);

    private readonly ImageTextMatching task;
    private readonly SharedModel<ImageTextModel>.Lease model;
    private readonly int batchSize;

    internal ImageTextTransformer(ImageTextMatching task, ImageTextModel model, int batchSize, TrainingResult? result)
        : this(task, SharedModel<ImageTextModel>.Hold(model, nameof(ImageTextTransformer)), batchSize)
    {
        TrainingResult = result;
    }

    private ImageTextTransformer(ImageTextMatching task, SharedModel<ImageTextModel>.Lease model, int batchSize)
        : base(task.CreateScorer(model, batchSize))
    {
        this.task = task;
        this.model = model;
        this.batchSize = batchSize;
    }

    /// <summary>How training went; null for a transformer that was loaded, or is applied as it was published.</summary>
    public TrainingResult? TrainingResult { get; }

    /// <summary>The model's config.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public ClipConfig Config => model.Model.Network.Config;

    /// <summary>The tokenizer of texts.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public TransformerTokenizer Tokenizer => model.Model.Tokenizer;

    /// <summary>How images become what the model reads.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public ImageProcessor Processor => model.Model.Processor;

    /// <summary>The model with what makes its inputs, which stay the transformer's.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal ImageTextModel Model => model.Model;

    /// <summary>Writes the model as a Hugging Face folder: config.json, model.safetensors, preprocessor_config.json, the tokenizer's files, and a model card.</summary>
    /// <param name="folder">The folder, which is made when it is not there.</param>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void SavePretrained(string folder)
    {
        PretrainedClipFolder.Save(model.Model.Network, folder);
        Tokenizer.SavePretrained(folder);
        Processor.Save(folder);
        new ModelCard(task, Config, TrainingResult).Save(folder);
    }

    private protected override void Save(ModelSaveContext context)
    {
        var description = task.ToJson();
        description["batch_size"] = batchSize;
        ModelFile.Begin(context, Version, description);
        ImageTextModelEntry.Write(context, model.Model);
    }

    private static ImageTextTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var model = ImageTextModelEntry.Read(context, environment.Register(LoaderSignature));
        return new ImageTextTransformer(ImageTextMatching.FromJson(description), model, (int)description["batch_size"]!, null);
    }
}
