using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Writes the <see href="https://github.com/huggingface/safetensors">safetensors</see> format.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a file at once or not at all: a failure leaves what was there before.</summary>
    /// <exception cref="NotSupportedException">The format has no type for a tensor's elements.</exception>
    public static void WriteFile(string path, IReadOnlyList<(string Name, Tensor Tensor)> tensors) =>
        AtomicFile.Write(path, stream => Write(stream, tensors));

    /// <summary>Writes to a stream, widest elements first, so that every tensor is aligned.</summary>
    /// <exception cref="NotSupportedException">The format has no type for a tensor's elements.</exception>
    public static void Write(Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        var ordered = tensors.OrderByDescending(pair => pair.Tensor.element_size()).ThenBy(pair => pair.Name, StringComparer.Ordinal).ToList();
        var header = Header(ordered);
        var start = new byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(start, (ulong)header.Length);
        stream.Write(start);
        stream.Write(header);
        foreach (var (_, tensor) in ordered)
        {
            using var local = tensor.detach().cpu().contiguous();
            TensorBytes.Write(local, stream);
        }
    }

    private static byte[] Header(List<(string Name, Tensor Tensor)> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long start = 0;
            foreach (var (name, tensor) in tensors)
            {
                var end = start + tensor.numel() * tensor.element_size();
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsType.NameOf(tensor.dtype));
                WriteNumbers(json, "shape", tensor.shape);
                WriteNumbers(json, "data_offsets", [start, end]);
                json.WriteEndObject();
                start = end;
            }
            json.WriteEndObject();
        }
        buffer.Write(Encoding.ASCII.GetBytes(new string(' ', (int)((Alignment - buffer.Length % Alignment) % Alignment))));
        return buffer.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
