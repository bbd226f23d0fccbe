using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>A <see href="https://github.com/huggingface/safetensors">safetensors</see> file, mapped into memory and read tensor by tensor.</summary>
public sealed class SafetensorsFile : IWeights
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly SafetensorsHeader header;
    private readonly long dataStart;

    private SafetensorsFile(string path, MemoryMappedFile map, MemoryMappedViewAccessor view, SafetensorsHeader header, long dataStart)
    {
        Origin = path;
        this.map = map;
        this.view = view;
        this.header = header;
        this.dataStart = dataStart;
        Tensors = header.Entries.ToDictionary(pair => pair.Key, pair => pair.Value.Description);
    }

    /// <inheritdoc/>
    public string Origin { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorDescription> Tensors { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format.</exception>
    public static SafetensorsFile Open(string path)
    {
        using var stream = File.OpenRead(path);
        var start = new byte[SafetensorsHeader.LengthBytes];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
            throw new InvalidDataException($"'{path}' is no safetensors file: it has {stream.Length} bytes.");
        var length = SafetensorsHeader.RequireLength(BinaryPrimitives.ReadUInt64LittleEndian(start), path);
        if (length > stream.Length - start.Length)
            throw new InvalidDataException($"'{path}' ends within its header.");
        var json = new byte[length];
        stream.ReadExactly(json);
        var header = SafetensorsHeader.Parse(json, path);
        if (header.DataLength != stream.Length - stream.Position)
            throw new InvalidDataException($"'{path}' has {stream.Length - stream.Position} bytes of tensors, but its header names {header.DataLength}.");
        var map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        return new SafetensorsFile(path, map, map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), header, stream.Position);
    }

    /// <inheritdoc/>
    public unsafe Tensor Read(string name)
    {
        if (!header.Entries.TryGetValue(name, out var entry))
            throw new KeyNotFoundException($"'{Origin}' has no tensor '{name}'.");
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        try
        {
            var data = pointer + view.PointerOffset + dataStart + entry.Start;
            return TensorBytes.Read(entry, (start, bytes) => new ReadOnlySpan<byte>(data + start, bytes.Length).CopyTo(bytes));
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        view.Dispose();
        map.Dispose();
    }
}
