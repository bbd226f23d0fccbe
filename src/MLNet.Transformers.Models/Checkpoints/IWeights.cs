using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Named tensors that can be read: a file, several files or a stream.</summary>
public interface IWeights : IDisposable
{
    /// <summary>Where they come from, for messages.</summary>
    string Origin { get; }

    /// <summary>Element type and shape of every tensor.</summary>
    IReadOnlyDictionary<string, TensorDescription> Tensors { get; }

    /// <summary>Reads one tensor onto the CPU; the caller disposes it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    Tensor Read(string name);
}
