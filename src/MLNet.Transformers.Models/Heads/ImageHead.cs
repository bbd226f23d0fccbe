using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What stands on a backbone that reads images, and makes its hidden states, (batch, tokens, hidden), the answer to a task.</summary>
/// <param name="name">The type's name.</param>
public abstract class ImageHead(string name) : Module<Tensor, Tensor>(name);
