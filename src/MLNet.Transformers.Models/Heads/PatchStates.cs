using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>The states of an image's patches, row by row, without those of the tokens before them.</summary>
/// <param name="prefixTokens">Number of tokens before those of the patches.</param>
public sealed class PatchStates(int prefixTokens) : ImageHead(nameof(PatchStates))
{
    /// <summary>The states.</summary>
    /// <param name="hidden">(batch, tokens, hidden).</param>
    /// <returns>(batch, patches, hidden).</returns>
    public override Tensor forward(Tensor hidden) => hidden.narrow(1, prefixTokens, hidden.size(1) - prefixTokens);
}
