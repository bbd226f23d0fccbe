using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What stands on a backbone that reads images, and makes its hidden states, (batch, tokens, hidden), the answer to a task.</summary>
/// <param name="name">The type's name.</param>
public abstract class ImageHead(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>How many of the first tokens it reads; null for all. Of the others a model then leaves out what only they would need.</summary>
    public virtual int? ReadTokens => null;
}
