using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What stands on an encoder and makes its hidden states the answer to a task.</summary>
/// <param name="name">The type's name.</param>
public abstract class Head(string name) : Module<Tensor, TokenBatch, Tensor>(name);
