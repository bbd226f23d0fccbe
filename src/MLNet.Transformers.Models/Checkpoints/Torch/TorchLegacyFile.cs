using System.Numerics;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// The files that torch.save wrote before PyTorch 1.6: four pickles (a magic number, a version, the writer's machine, the
/// tensors), a list of storages as a fifth, then each storage's length and bytes.
/// </summary>
internal static class TorchLegacyFile
{
    private const long Version = 1001;
    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads what a file holds.</summary>
    /// <exception cref="InvalidDataException">The file is of another kind, broken or no dictionary of tensors.</exception>
    public static TorchContents Read(MappedFile file)
    {
        var reader = new PickleReader(file, 0, file.Length);
        RequireMagic(reader);
        if (new TorchPickle(reader).Value is not Version)
            throw new InvalidDataException($"'{file.Path}' is of an unknown version of torch.save.");
        if (new TorchPickle(reader).Value is PickleDictionary machine && machine["little_endian"] is false)
            throw new InvalidDataException($"The numbers in '{file.Path}' are not little-endian.");
        var pickle = new TorchPickle(reader);
        var tensors = pickle.Tensors();
        return new(tensors, Storages(reader, pickle.Storages));
    }

    private static void RequireMagic(PickleReader reader)
    {
        try
        {
            if (new TorchPickle(reader).Value is BigInteger number && number == Magic)
                return;
        }
        catch (InvalidDataException)
        {
            // What is no pickle at all gets the same answer as a pickle of something else.
        }
        throw new InvalidDataException($"'{reader.Origin}' is no file that torch.save has written.");
    }

    private static Dictionary<string, FileRange> Storages(PickleReader reader, IReadOnlyDictionary<string, ScalarType> types)
    {
        if (new TorchPickle(reader).Value is not List<object?> keys)
            throw new InvalidDataException($"'{reader.Origin}' has no list of storages.");
        var ranges = new Dictionary<string, FileRange>();
        foreach (var value in keys)
        {
            if (value is not string key || !types.TryGetValue(key, out var type))
                throw new InvalidDataException($"'{reader.Origin}' has a storage '{value}' that no tensor uses.");
            var bytes = (Int128)reader.Int64() * SafetensorsType.SizeOf(type);
            var range = new FileRange(reader.Position, (long)Int128.Clamp(bytes, -1, long.MaxValue));
            reader.Skip(range.Length);
            if (!ranges.TryAdd(key, range))
                throw new InvalidDataException($"'{reader.Origin}' has two storages '{key}'.");
        }
        return types.Keys.FirstOrDefault(key => !ranges.ContainsKey(key)) is { } missing
            ? throw new InvalidDataException($"'{reader.Origin}' lacks the storage '{missing}'.")
            : ranges;
    }
}
