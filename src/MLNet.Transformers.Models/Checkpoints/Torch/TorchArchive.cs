namespace MLNet.Transformers.Models;

/// <summary>The zip archives that <see href="https://pytorch.org/docs/stable/notes/serialization.html">torch.save</see> writes since PyTorch 1.6: a pickle, and one entry a storage.</summary>
internal static class TorchArchive
{
    private const string Pickle = "data.pkl";

    /// <summary>Reads what a file holds.</summary>
    /// <exception cref="InvalidDataException">The file is broken or no dictionary of tensors.</exception>
    public static TorchContents Read(MappedFile file)
    {
        var entries = ZipDirectory.Read(file);
        var root = RootOf(file, entries.Keys);
        RequireLittleEndian(file, entries, root);
        var range = entries[root + Pickle];
        var pickle = new TorchPickle(new PickleReader(file, range.Start, range.Start + range.Length));
        var tensors = pickle.Tensors();
        return new(tensors, pickle.Storages.Keys.ToDictionary(key => key, key => entries.TryGetValue($"{root}data/{key}", out var storage)
            ? storage
            : throw new InvalidDataException($"The archive '{file.Path}' lacks the storage '{key}'.")));
    }

    private static string RootOf(MappedFile file, IEnumerable<string> names) =>
        names.Where(name => name == Pickle || name.EndsWith('/' + Pickle, StringComparison.Ordinal)).ToList() is [var name]
            ? name[..^Pickle.Length]
            : throw new InvalidDataException($"The archive '{file.Path}' has no {Pickle}, as a file of tensors has one.");

    private static void RequireLittleEndian(MappedFile file, IReadOnlyDictionary<string, FileRange> entries, string root)
    {
        if (entries.TryGetValue(root + "byteorder", out var order) && !file.Read(order.Start, (int)Math.Min(order.Length, 6)).AsSpan().SequenceEqual("little"u8))
            throw new InvalidDataException($"The numbers in '{file.Path}' are not little-endian.");
    }
}
