using System.Buffers.Binary;
using System.Text;

namespace MLNet.Transformers.Models;

/// <summary>
/// Where in a zip archive the bytes of each entry are, for entries that are stored as they are, so that they can be read in
/// place; by the <see href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">specification</see>, with its 64-bit extension.
/// </summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int Zip64EndBytes = 56;
    private const int EntryBytes = 46;
    private const int LocalBytes = 30;
    private const int LongestComment = ushort.MaxValue;

    /// <summary>The entries by name.</summary>
    /// <exception cref="InvalidDataException">The archive is broken, or has an entry that is compressed or encrypted.</exception>
    public static IReadOnlyDictionary<string, FileRange> Read(MappedFile file)
    {
        var (start, length, count) = Locate(file);
        if (length > int.MaxValue || count > length / EntryBytes)
            throw Broken(file, $"its directory of {length} bytes cannot hold {count} entries");
        var directory = file.Read(start, (int)length);
        var entries = new Dictionary<string, FileRange>();
        for (var position = 0; entries.Count < count;)
        {
            var (name, range, next) = Entry(file, directory, position);
            if (!entries.TryAdd(name, range))
                throw Broken(file, $"it has two entries '{name}'");
            position = next;
        }
        RequireApart(file, entries);
        return entries;
    }

    private static (long Start, long Length, long Count) Locate(MappedFile file)
    {
        var tail = file.Read(Math.Max(0, file.Length - EndBytes - LongestComment), (int)Math.Min(file.Length, EndBytes + LongestComment));
        var end = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (end < 0 || tail.Length - end < EndBytes)
            throw Broken(file, "it has no directory");
        var record = tail.AsSpan(end);
        var locator = end - LocatorBytes;
        return locator >= 0 && tail.AsSpan(locator).StartsWith("PK\x06\x07"u8)
            ? Locate64(file, UInt64(file, tail.AsSpan(locator + 8)))
            : (UInt32(record[16..]), UInt32(record[12..]), UInt16(record[10..]));
    }

    private static (long Start, long Length, long Count) Locate64(MappedFile file, long start)
    {
        var record = file.Read(start, Zip64EndBytes).AsSpan();
        return record.StartsWith("PK\x06\x06"u8)
            ? (UInt64(file, record[48..]), UInt64(file, record[40..]), UInt64(file, record[32..]))
            : throw Broken(file, "its directory is not where it should be");
    }

    private static (string Name, FileRange Range, int Next) Entry(MappedFile file, byte[] directory, int position)
    {
        var rest = directory.AsSpan(position);
        if (rest.Length < EntryBytes || !rest.StartsWith("PK\x01\x02"u8))
            throw Broken(file, "its directory is damaged");
        var (nameLength, extraLength, commentLength) = (UInt16(rest[28..]), UInt16(rest[30..]), UInt16(rest[32..]));
        var total = EntryBytes + nameLength + extraLength + commentLength;
        if (rest.Length < total)
            throw Broken(file, "its directory is damaged");
        var name = Encoding.UTF8.GetString(rest.Slice(EntryBytes, nameLength));
        var (flags, method) = (UInt16(rest[8..]), UInt16(rest[10..]));
        if ((flags & 1) != 0 || method != 0)
            throw Broken(file, $"the entry '{name}' is compressed or encrypted, and a file of tensors stores its entries as they are");
        var (packed, length, local) = Sizes(file, rest, rest.Slice(EntryBytes + nameLength, extraLength));
        if (packed != length)
            throw Broken(file, $"the entry '{name}' has two lengths");
        return (name, BytesOf(file, name, local, length), position + total);
    }

    /// <summary>Lengths and place of an entry, from the 64-bit field where the 32-bit one is full.</summary>
    private static (long Packed, long Length, long Local) Sizes(MappedFile file, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        var wide = Zip64Field(extra);
        var length = Size(file, entry[24..], ref wide);
        var packed = Size(file, entry[20..], ref wide);
        return (packed, length, Size(file, entry[42..], ref wide));
    }

    private static long Size(MappedFile file, ReadOnlySpan<byte> narrow, ref ReadOnlySpan<byte> wide)
    {
        var size = UInt32(narrow);
        if (size != uint.MaxValue)
            return size;
        if (wide.Length < sizeof(ulong))
            throw Broken(file, "an entry lacks its 64-bit size");
        var result = UInt64(file, wide);
        wide = wide[sizeof(ulong)..];
        return result;
    }

    private static ReadOnlySpan<byte> Zip64Field(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (UInt16(extra), Math.Min(UInt16(extra[2..]), extra.Length - 4));
            if (id == 1)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return [];
    }

    /// <summary>An entry's bytes follow its local header, whose fields have lengths of their own.</summary>
    private static FileRange BytesOf(MappedFile file, string name, long local, long length)
    {
        var header = file.Read(local, LocalBytes).AsSpan();
        if (!header.StartsWith("PK\x03\x04"u8))
            throw Broken(file, $"the entry '{name}' is not where it should be");
        var start = local + LocalBytes + UInt16(header[26..]) + UInt16(header[28..]);
        return start <= file.Length - length ? new(start, length) : throw Broken(file, $"the entry '{name}' does not fit the file");
    }

    private static void RequireApart(MappedFile file, Dictionary<string, FileRange> entries)
    {
        long end = 0;
        foreach (var (name, range) in entries.OrderBy(pair => pair.Value.Start).ThenBy(pair => pair.Value.Length))
        {
            if (range.Start < end)
                throw Broken(file, $"the entry '{name}' overlaps another");
            end = range.Start + range.Length;
        }
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static long UInt64(MappedFile file, ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes) is <= long.MaxValue and var value ? (long)value : throw Broken(file, "a size in it is impossible");

    private static InvalidDataException Broken(MappedFile file, string what) => new($"The archive '{file.Path}' cannot be read: {what}.");
}
