using System.IO.MemoryMappedFiles;

namespace MLNet.Transformers.Models;

/// <summary>A file of bytes mapped into memory: a read touches no more than the pages it wants.</summary>
internal sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedFile? map;
    private readonly MemoryMappedViewAccessor? view;

    private MappedFile(string path)
    {
        Path = path;
        Length = new FileInfo(path).Length;
        // A file without bytes cannot be mapped.
        if (Length == 0)
            return;
        map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>The file's path, for messages.</summary>
    public string Path { get; }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static MappedFile Open(string path) => new(path);

    /// <summary>Copies the bytes that start at an offset.</summary>
    /// <exception cref="InvalidDataException">The file has not so many.</exception>
    public unsafe void Read(long start, Span<byte> target)
    {
        if (start < 0 || start > Length - target.Length)
            throw new InvalidDataException($"'{Path}' ends before byte {start} + {target.Length}.");
        if (target.IsEmpty)
            return;
        byte* pointer = null;
        var handle = view!.SafeMemoryMappedViewHandle;
        handle.AcquirePointer(ref pointer);
        try
        {
            new ReadOnlySpan<byte>(pointer + view.PointerOffset + start, target.Length).CopyTo(target);
        }
        finally
        {
            handle.ReleasePointer();
        }
    }

    /// <summary>The bytes that start at an offset.</summary>
    /// <exception cref="InvalidDataException">The file has not so many.</exception>
    public byte[] Read(long start, int count)
    {
        if (start < 0 || count < 0 || start > Length - count)
            throw new InvalidDataException($"'{Path}' ends before byte {start} + {count}.");
        var bytes = new byte[count];
        Read(start, bytes);
        return bytes;
    }

    public void Dispose()
    {
        view?.Dispose();
        map?.Dispose();
    }
}
