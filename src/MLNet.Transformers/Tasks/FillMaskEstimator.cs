using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Fills in the masks of texts with a published masked language model; nothing is learnt.</summary>
public sealed class FillMaskEstimator : IEstimator<FineTunedTransformer>
{
    private readonly IHost host;
    private readonly string folder;
    private readonly FillMaskColumns columns;

    internal FillMaskEstimator(IHostEnvironment environment, string folder, FillMaskColumns columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns.TopTokens, 1);
        host = environment.Register(nameof(FillMaskEstimator));
        this.folder = folder;
        this.columns = columns;
    }

    /// <summary>Opens the model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="WeightMismatchException">The folder's model has no head for masked tokens.</exception>
    public FineTunedTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        columns.Text.In(input.Schema);
        var task = new MaskedLanguageModeling(columns, hasOrder: false);
        var pretrained = PretrainedFolder.Open(folder);
        var tokenizer = TokenizerSource.Open(folder).WithPadding(null).WithTruncation(new Truncation(pretrained.Config.MaxLength));
        var device = ComputeDevice.Choose(host, null);
        var network = pretrained.LoadWhole(task.CreateHead);
        network.to(device);
        network.eval();
        var model = new FineTunedModel(network, tokenizer, device);
        return new FineTunedTransformer(task, model, model.BatchTokens, null);
    }

    /// <summary>The input's columns and, after them, the tokens, their probabilities and the text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        columns.Text.In(inputSchema);
        return StagePromise.Of(inputSchema, new MaskedLanguageModeling(columns, hasOrder: false).Outputs);
    }
}
