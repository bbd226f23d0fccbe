using System.Buffers.Binary;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>A <see href="https://github.com/huggingface/safetensors">safetensors</see> file, mapped into memory and read tensor by tensor.</summary>
public sealed class SafetensorsFile : IWeights
{
    private readonly MappedFile file;
    private readonly SafetensorsHeader header;
    private readonly long dataStart;

    private SafetensorsFile(MappedFile file)
    {
        this.file = file;
        if (file.Length < SafetensorsHeader.LengthBytes)
            throw new InvalidDataException($"'{Origin}' is no safetensors file: it has {file.Length} bytes.");
        var length = SafetensorsHeader.RequireLength(BinaryPrimitives.ReadUInt64LittleEndian(file.Read(0, SafetensorsHeader.LengthBytes)), Origin);
        dataStart = SafetensorsHeader.LengthBytes + length;
        if (dataStart > file.Length)
            throw new InvalidDataException($"'{Origin}' ends within its header.");
        header = SafetensorsHeader.Parse(file.Read(SafetensorsHeader.LengthBytes, length), Origin);
        if (header.DataLength != file.Length - dataStart)
            throw new InvalidDataException($"'{Origin}' has {file.Length - dataStart} bytes of tensors, but its header names {header.DataLength}.");
        Tensors = header.Entries.ToDictionary(pair => pair.Key, pair => pair.Value.Description);
    }

    /// <inheritdoc/>
    public string Origin => file.Path;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorDescription> Tensors { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            return new SafetensorsFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Tensor Read(string name) => header.Entries.TryGetValue(name, out var entry)
        ? TensorBytes.Read(entry.Type, entry.Shape, (start, bytes) => file.Read(dataStart + entry.Start + start, bytes))
        : throw new KeyNotFoundException($"'{Origin}' has no tensor '{name}'.");

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
