using System.Buffers.Binary;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Safetensors that come from a stream, read whole: a stream inside an archive cannot be mapped.</summary>
public sealed class SafetensorsStream : IWeights
{
    private readonly Dictionary<string, Tensor> tensors = [];

    private SafetensorsStream(string origin, IReadOnlyDictionary<string, TensorDescription> descriptions)
    {
        Origin = origin;
        Tensors = descriptions;
    }

    /// <inheritdoc/>
    public string Origin { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TensorDescription> Tensors { get; }

    /// <summary>Reads everything; the stream stays open, right behind the last tensor.</summary>
    /// <param name="stream">A stream that can be read.</param>
    /// <param name="origin">What to call it in messages.</param>
    /// <exception cref="InvalidDataException">The stream breaks a rule of the format, or ends too soon.</exception>
    public static SafetensorsStream Read(Stream stream, string origin)
    {
        try
        {
            Span<byte> start = stackalloc byte[SafetensorsHeader.LengthBytes];
            stream.ReadExactly(start);
            var json = ReadHeader(stream, SafetensorsHeader.RequireLength(BinaryPrimitives.ReadUInt64LittleEndian(start), origin));
            var header = SafetensorsHeader.Parse(json, origin);
            if (stream.CanSeek && header.DataLength > stream.Length - stream.Position)
                throw new EndOfStreamException();
            return ReadTensors(stream, header, origin);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"'{origin}' ends before its last tensor.", exception);
        }
    }

    /// <inheritdoc/>
    Tensor IWeights.Read(string name) =>
        tensors.TryGetValue(name, out var tensor) ? tensor.alias() : throw new KeyNotFoundException($"'{Origin}' has no tensor '{name}'.");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
        tensors.Clear();
    }

    private static SafetensorsStream ReadTensors(Stream stream, SafetensorsHeader header, string origin)
    {
        var result = new SafetensorsStream(origin, header.Entries.ToDictionary(pair => pair.Key, pair => pair.Value.Description));
        try
        {
            foreach (var (name, entry) in header.Entries.OrderBy(pair => pair.Value.Start).ThenBy(pair => pair.Value.End))
                result.tensors[name] = TensorBytes.Read(entry.Type, entry.Shape, (_, bytes) => stream.ReadExactly(bytes)).DetachFromDisposeScope();
            return result;
        }
        catch (ExternalException exception)
        {
            // How much a stream that cannot seek still holds is unknown before it is read.
            result.Dispose();
            throw new InvalidDataException($"'{origin}' names tensors that the memory cannot hold.", exception);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Reads in pieces, so that a lie about the length costs no more memory than the stream has bytes.</summary>
    private static ReadOnlyMemory<byte> ReadHeader(Stream stream, int length)
    {
        const int Piece = 1 << 20;
        using var header = new MemoryStream();
        var buffer = new byte[Math.Min(Piece, length)];
        while (header.Length < length)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - header.Length));
            stream.ReadExactly(piece);
            header.Write(piece);
        }
        return header.ToArray();
    }
}
