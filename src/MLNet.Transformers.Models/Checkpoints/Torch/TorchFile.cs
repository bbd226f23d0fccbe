using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// A dictionary of tensors that <see href="https://pytorch.org/docs/stable/notes/serialization.html">torch.save</see> has written, such
/// as a <c>pytorch_model.bin</c>, mapped into memory and read tensor by tensor. No code in it ever runs: its pickle is read as data.
/// </summary>
public sealed class TorchFile : IWeights
{
    private readonly MappedFile file;
    private readonly TorchContents contents;

    private TorchFile(MappedFile file)
    {
        this.file = file;
        Span<byte> start = stackalloc byte[(int)Math.Min(4, file.Length)];
        file.Read(0, start);
        contents = start.SequenceEqual("PK\x03\x04"u8) ? TorchArchive.Read(file) : TorchLegacyFile.Read(file);
        foreach (var (name, tensor) in contents.Tensors)
            RequireBytes(name, tensor.Storage);
        Tensors = contents.Tensors.ToDictionary(pair => pair.Key, pair => new TensorDescription(pair.Value.Storage.Type, pair.Value.Shape));
    }

    /// <inheritdoc/>
    public string Origin => file.Path;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorDescription> Tensors { get; }

    /// <summary>Opens a file and checks everything but the numbers.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is broken, or has something in it that is no tensor; the message names it.</exception>
    public static TorchFile Open(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            return new TorchFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads one tensor onto the CPU, with the strides it was saved with; the caller disposes it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public Tensor Read(string name)
    {
        if (!contents.Tensors.TryGetValue(name, out var tensor))
            throw new KeyNotFoundException($"'{Origin}' has no tensor '{name}'.");
        if (tensor.Span == 0)
            return empty(tensor.Shape, tensor.Storage.Type);
        var first = contents.Storages[tensor.Storage.Key].Start + (tensor.Storage.Start + tensor.Start) * SafetensorsType.SizeOf(tensor.Storage.Type);
        using var span = TensorBytes.Read(tensor.Storage.Type, [tensor.Span], (start, bytes) => file.Read(first + start, bytes));
        return span.as_strided(tensor.Shape, tensor.Strides);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void RequireBytes(string name, TorchStorage storage)
    {
        var bytes = ((Int128)storage.Start + storage.Count) * SafetensorsType.SizeOf(storage.Type);
        if (contents.Storages[storage.Key].Length < bytes)
            throw new InvalidDataException($"Tensor '{name}' of '{Origin}' has a storage of {bytes} bytes, of which the file has {contents.Storages[storage.Key].Length}.");
    }
}
