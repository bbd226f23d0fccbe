using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One vector an image from the states of its tokens.</summary>
public sealed class ImagePooler : Module<Tensor, Tensor>
{
    private readonly ImagePooling pooling;
    private readonly int prefixTokens;

    /// <param name="pooling">How.</param>
    /// <param name="prefixTokens">Number of tokens before those of the patches.</param>
    /// <exception cref="ArgumentException">There is no class token to take.</exception>
    public ImagePooler(ImagePooling pooling, int prefixTokens)
        : base(nameof(ImagePooler))
    {
        if (pooling != ImagePooling.Mean && prefixTokens == 0)
            throw new ArgumentException($"The pooling '{pooling}' needs a class token, and the model has none.", nameof(pooling));
        this.pooling = pooling;
        this.prefixTokens = prefixTokens;
    }

    /// <summary>How many of the first tokens have part in the vector; null for all.</summary>
    public int? ReadTokens => pooling == ImagePooling.ClassToken ? 1 : null;

    /// <summary>Width of the vector for a given width of the hidden states.</summary>
    public long Width(long hiddenSize) => pooling == ImagePooling.ClassAndMean ? 2 * hiddenSize : hiddenSize;

    /// <summary>Pools a batch.</summary>
    /// <param name="hidden">(batch, tokens, hidden).</param>
    /// <returns>(batch, width).</returns>
    public override Tensor forward(Tensor hidden)
    {
        if (pooling == ImagePooling.ClassToken)
            return hidden.select(1, 0);
        using var patches = hidden.narrow(1, prefixTokens, hidden.size(1) - prefixTokens);
        var mean = patches.mean([1]);
        if (pooling == ImagePooling.Mean)
            return mean;
        using (mean)
        using (var first = hidden.select(1, 0))
            return cat([first, mean], 1);
    }
}
