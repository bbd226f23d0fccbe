using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>Numbered vectors of one width, one after another.</summary>
internal sealed class VectorTable
{
    private const string Entry = "table.safetensors", TensorName = "table";

    private readonly float[] values;

    public VectorTable(float[] values, int size)
    {
        this.values = values;
        Size = size;
    }

    /// <summary>Width of a vector.</summary>
    public int Size { get; }

    /// <summary>Number of vectors.</summary>
    public int Count => values.Length / Size;

    public ReadOnlySpan<float> this[int index] => values.AsSpan(index * Size, Size);

    /// <exception cref="InvalidDataException">The tensor is no matrix.</exception>
    public static VectorTable Of(torch.Tensor tensor, string origin)
    {
        if (tensor.dim() != 2 || tensor.numel() == 0)
            throw new InvalidDataException($"'{origin}' is no table of vectors: its shape is ({string.Join(", ", tensor.shape)}).");
        using var scope = torch.NewDisposeScope();
        return new(tensor.to(torch.ScalarType.Float32).cpu().contiguous().data<float>().ToArray(), (int)tensor.size(1));
    }

    /// <summary>A tensor of a safetensors file.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public static VectorTable Open(string file, string name)
    {
        using var weights = SafetensorsFile.Open(file);
        using var tensor = weights.Read(name);
        return Of(tensor, $"{file}: {name}");
    }

    public static VectorTable Read(ModelLoadContext context) => ModelFile.Read(context, Entry, stream =>
    {
        using IWeights weights = SafetensorsStream.Read(stream, Entry);
        using var tensor = weights.Read(TensorName);
        return Of(tensor, Entry);
    });

    public void Write(ModelSaveContext context)
    {
        using var tensor = torch.tensor(values, [Count, Size]);
        ModelFile.Write(context, Entry, stream => SafetensorsWriter.Write(stream, [(TensorName, tensor)]));
    }
}
