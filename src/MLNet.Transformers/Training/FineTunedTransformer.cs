using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;

[assembly: LoadableClass(typeof(FineTunedTransformer), null, typeof(SignatureLoadModel), "Fine-tuned transformer", FineTunedTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A transformer that was trained for a task, as an ML.NET stage.</summary>
/// <remarks>Saved with <c>mlContext.Model.Save</c>, it loads in any process that can find this library; nothing needs registering.</remarks>
public sealed class FineTunedTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersTask";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTTASK", LoaderSignature);

    private readonly FineTuningTask task;
    private readonly SharedModel<FineTunedModel>.Lease model;
    private readonly int batchTokens;

    internal FineTunedTransformer(FineTuningTask task, FineTunedModel model, int batchTokens, TrainingResult? result)
        : this(task, SharedModel<FineTunedModel>.Hold(model, nameof(FineTunedTransformer)), batchTokens, result)
    {
    }

    private FineTunedTransformer(FineTuningTask task, SharedModel<FineTunedModel>.Lease model, int batchTokens, TrainingResult? result)
        : base(task.CreateScorer(model, batchTokens))
    {
        this.task = task;
        this.model = model;
        this.batchTokens = batchTokens;
        TrainingResult = result;
    }

    /// <summary>How training went; null for a transformer that was loaded.</summary>
    public TrainingResult? TrainingResult { get; }

    /// <summary>The model's config.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public ModelConfig Config => model.Model.Network.Config;

    /// <summary>The encoder and the head, which stay the transformer's.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal TextModel Network => model.Model.Network;

    /// <summary>The model's tokenizer.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public TransformerTokenizer Tokenizer => model.Model.Tokenizer;

    /// <summary>What the model was trained for.</summary>
    internal FineTuningTask Task => task;

    /// <summary>The model with its tokenizer.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal FineTunedModel Model => model.Model;

    /// <summary>Writes the model as a Hugging Face folder: config.json, model.safetensors, and the tokenizer's files; a sentence embedding as one of sentence-transformers.</summary>
    /// <param name="folder">The folder, which is made when it is not there.</param>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void SavePretrained(string folder)
    {
        task.SavePretrained(model.Model, folder);
        Tokenizer.SavePretrained(folder);
    }

    private protected override void Save(ModelSaveContext context)
    {
        var description = task.ToJson();
        description["batch_tokens"] = batchTokens;
        ModelFile.Begin(context, Version, description);
        ModelEntry.Write(context, model.Model);
    }

    private static FineTunedTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var task = FineTuningTask.FromJson(description);
        var batchTokens = (int)description["batch_tokens"]!;
        var model = ModelEntry.Read(context, environment.Register(LoaderSignature), task.CreateHead) with { BatchTokens = batchTokens };
        return new FineTunedTransformer(task, model, batchTokens, null);
    }
}
