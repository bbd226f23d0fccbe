using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Applies a model that reads texts and was published for a task as it is; nothing is learnt.</summary>
public sealed class PretrainedTaskEstimator : IEstimator<FineTunedTransformer>
{
    private readonly IHost host;
    private readonly TextFineTuningOptions options;
    private readonly string folder;

    internal PretrainedTaskEstimator(IHostEnvironment environment, TextFineTuningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        folder = options.PretrainedFolder
            ?? throw new ArgumentException($"{nameof(options.PretrainedFolder)} says which model to apply, and is null.", nameof(options));
        options.Require();
        host = environment.Register(nameof(PretrainedTaskEstimator));
        this.options = options;
    }

    /// <summary>Opens the model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="WeightMismatchException">The folder's model has no head for the task.</exception>
    public FineTunedTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var pretrained = PretrainedFolder.Open(folder);
        var task = options.Bind(pretrained.Config);
        task.Check(input.Schema, isTraining: false);
        var length = Math.Min(pretrained.Config.MaxLength, options.MaxLength ?? pretrained.Config.MaxLength);
        var tokenizer = task.Adapt(TokenizerSource.Open(folder).WithPadding(null).WithTruncation(new Truncation(length)));
        var device = ComputeDevice.Choose(host, options.GpuDeviceId);
        var network = pretrained.LoadWhole(task.CreateHead);
        network.to(device);
        network.eval();
        return new FineTunedTransformer(task, new TextTaskModel(network, tokenizer, device) { TargetTokenizer = TokenizerSource.OpenTarget(folder), BatchTokens = options.BatchTokens }, options.BatchTokens, null);
    }

    /// <summary>The input's columns and, after them, the task's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or its config, is missing or broken.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        var task = options.Bind(PretrainedFolder.Open(folder).Config);
        task.Check(inputSchema, isTraining: false);
        return StagePromise.Of(inputSchema, task.Outputs);
    }
}
