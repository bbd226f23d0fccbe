using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Images to one hidden state a token: those of the patches, row by row, after tokens that stand for the whole image.</summary>
/// <param name="name">The type's name.</param>
public abstract class ImageBackbone(string name) : Module<ImageBatch, Tensor>(name)
{
    /// <summary>Number of tokens before those of the patches, such as a class token.</summary>
    public abstract int PrefixTokens { get; }

    /// <summary>How the patch tokens of the result lie over an image.</summary>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Columns of pixels.</param>
    /// <exception cref="ArgumentException">An image of that size has not a whole number of patches.</exception>
    public abstract ImageGrid GridOf(long height, long width);

    /// <summary>The last layer's hidden states.</summary>
    /// <returns>(batch, tokens, hidden).</returns>
    public sealed override Tensor forward(ImageBatch batch) => forward(batch, null);

    /// <summary>The last layer's hidden states of the first tokens, at least: a backbone may leave out what nobody reads.</summary>
    /// <param name="batch">The images.</param>
    /// <param name="tokens">How many tokens are wanted.</param>
    /// <returns>(batch, tokens, hidden), of so many tokens or more.</returns>
    /// <exception cref="ArgumentException">The images have another number of channels, or not a whole number of patches.</exception>
    public virtual Tensor ForwardFirst(ImageBatch batch, int tokens) => forward(batch, null);

    /// <summary>The last layer's hidden states, and what the trace asks for on the way there.</summary>
    /// <param name="batch">The images.</param>
    /// <param name="trace">Filled with states and attention weights; null when nobody asks.</param>
    /// <returns>(batch, tokens, hidden).</returns>
    /// <exception cref="ArgumentException">The images have another number of channels, or not a whole number of patches.</exception>
    public abstract Tensor forward(ImageBatch batch, LayerTrace? trace);
}
