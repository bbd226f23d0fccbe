using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>One tensor in a safetensors file: what it is and which bytes after the header it has.</summary>
internal sealed record SafetensorsEntry(ScalarType Type, long[] Shape, long Start, long End)
{
    public TensorDescription Description => new(Type, Shape);
}

/// <summary>
/// The header of a <see href="https://github.com/huggingface/safetensors">safetensors</see> file, which is not trusted: sizes,
/// ranges and names are checked before anything is read by them.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>Bytes of the number that says how long the header is.</summary>
    public const int LengthBytes = sizeof(ulong);

    private const string Metadata = "__metadata__";
    private const long LongestHeader = 100_000_000;

    private SafetensorsHeader(IReadOnlyDictionary<string, SafetensorsEntry> entries, long dataLength)
    {
        Entries = entries;
        DataLength = dataLength;
    }

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>Number of bytes after the header, all of which belong to some tensor.</summary>
    public long DataLength { get; }

    /// <summary>Checks the number that a file starts with.</summary>
    public static int RequireLength(ulong length, string origin) => length is > 1 and <= LongestHeader
        ? (int)length
        : throw new InvalidDataException($"'{origin}' is no safetensors file: its header would be {length} bytes long.");

    /// <summary>Reads a header.</summary>
    /// <exception cref="InvalidDataException">It breaks a rule of the format.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, string origin)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.TryGetProperty(Metadata, out var metadata))
                RequireText(metadata, origin);
            var entries = document.RootElement.EnumerateObject()
                .Where(property => property.Name != Metadata)
                .ToDictionary(property => property.Name, property => Entry(property, origin));
            return new SafetensorsHeader(entries, RequireSeamless(entries, origin));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"The header of '{origin}' cannot be read: {exception.Message}", exception);
        }
    }

    private static void RequireText(JsonElement metadata, string origin)
    {
        foreach (var property in metadata.EnumerateObject())
            if (property.Value.ValueKind != JsonValueKind.String)
                throw new InvalidDataException($"The metadata '{property.Name}' in the header of '{origin}' is no text.");
    }

    private static SafetensorsEntry Entry(JsonProperty property, string origin)
    {
        var type = SafetensorsType.Find(property.Value.GetProperty("dtype").GetString())
            ?? throw new InvalidDataException($"Tensor '{property.Name}' of '{origin}' has the unknown element type {property.Value.GetProperty("dtype")}.");
        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (offsets is not [var start, var end] || start < 0 || end < start)
            throw new InvalidDataException($"Tensor '{property.Name}' of '{origin}' has no valid byte range.");
        if (TensorExtent.Elements(shape) is not { } elements || (Int128)elements * SafetensorsType.SizeOf(type) != end - start)
            throw new InvalidDataException($"Tensor '{property.Name}' of '{origin}' has {end - start} bytes, which its type and shape do not fill.");
        return new SafetensorsEntry(type, shape, start, end);
    }

    /// <summary>Tensors must follow one another without gap or overlap; returns where the last one ends.</summary>
    private static long RequireSeamless(Dictionary<string, SafetensorsEntry> entries, string origin)
    {
        long end = 0;
        foreach (var (name, entry) in entries.OrderBy(pair => pair.Value.Start).ThenBy(pair => pair.Value.End))
        {
            if (entry.Start != end)
                throw new InvalidDataException($"Tensor '{name}' of '{origin}' starts at byte {entry.Start}, but the one before it ends at {end}.");
            end = entry.End;
        }
        return end;
    }
}
