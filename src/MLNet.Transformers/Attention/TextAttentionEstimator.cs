using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Extracts the attention weights of a transformer from texts.</summary>
/// <remarks>Nothing is learnt from the rows: fitting opens the model, or takes a share in the one that is given.</remarks>
public sealed class TextAttentionEstimator : IEstimator<TextAttentionTransformer>
{
    private readonly IHost host;
    private readonly TextAttentionOptions options;
    private readonly TextAttentionColumns columns;

    internal TextAttentionEstimator(IHostEnvironment environment, TextAttentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Require();
        host = environment.Register(nameof(TextAttentionEstimator));
        this.options = options;
        columns = TextAttentionColumns.Of(options);
    }

    /// <summary>Opens the model, or takes a share in the one that is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A text column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="NotSupportedException">The folder's family is unknown, or has no such attention.</exception>
    /// <exception cref="ObjectDisposedException">The given model was disposed.</exception>
    public TextAttentionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        foreach (var column in columns.Inputs())
            column.In(input.Schema);
        columns.Outputs(Config);
        var model = options.Model?.Share(nameof(TextAttentionTransformer)) ?? SharedModel<TextTaskModel>.Hold(OpenFolder(), nameof(TextAttentionTransformer));
        return new TextAttentionTransformer(columns, model, options.MaxLength, options.BatchTokens);
    }

    /// <summary>The input's columns and, after them, the attention and the tokens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A text column is missing or of another type.</exception>
    /// <exception cref="IOException">The folder, or a file in it, is missing or broken.</exception>
    /// <exception cref="NotSupportedException">The folder's family is unknown, or has no such attention.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (var column in columns.Inputs())
            column.In(inputSchema);
        return StagePromise.Of(inputSchema, columns.Outputs(Config));
    }

    private TextConfig Config => options.Model?.Config ?? PretrainedFolder.Open(TransformerPath).Config;

    /// <summary>Where the transformer is: in a folder of sentence-transformers one level down.</summary>
    private string TransformerPath => options.PretrainedFolder is { } folder && SentenceEmbeddingFolder.Is(folder)
        ? SentenceEmbeddingFolder.Open(folder).TransformerPath
        : options.PretrainedFolder!;

    private TextTaskModel OpenFolder()
    {
        var (path, device) = (TransformerPath, ComputeDevice.Choose(host, options.GpuDeviceId));
        var tokenizer = TokenizerSource.Open(path);
        var network = PretrainedFolder.Open(path).LoadWhole(TextAttentionTransformer.CreateHead);
        network.to(device);
        network.eval();
        return new TextTaskModel(network, tokenizer, device) { TargetTokenizer = TokenizerSource.OpenTarget(path) };
    }
}
