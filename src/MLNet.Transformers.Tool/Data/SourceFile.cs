using System.Text;

namespace MLNet.Transformers.Tool.Data;

/// <summary>A text file that a user named.</summary>
internal static class SourceFile
{
    private const int ChunkSize = 1 << 16;

    /// <summary>Checks that a file is there and can be read as text.</summary>
    /// <exception cref="InputException">There is no such file, it is a folder, is empty, or is no text in UTF-8 (or, with a byte order mark, UTF-16 or UTF-32).</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
            throw new InputException($"{path} is a folder: name the file in it that has the data.");
        if (!File.Exists(path))
            throw new InputException($"There is no file {path}.");
        Open(path, file =>
        {
            if (!HasWideMark(file))
                CheckUtf8(path, file);
            if (IsBlank(path))
                throw new InputException($"{path} is empty.");
            return true;
        });
    }

    /// <summary>Reads from a file.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static T Open<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return read(file);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} cannot be read: {denied.Message}");
        }
    }

    /// <summary>A reader of the text; a byte order mark says what it is encoded as, and without one it is UTF-8.</summary>
    public static StreamReader OpenText(string path) => new(path, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);

    private static bool HasWideMark(FileStream file)
    {
        Span<byte> mark = stackalloc byte[4];
        mark = mark[..file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        return mark is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF];
    }

    private static bool IsBlank(string path)
    {
        using var reader = OpenText(path);
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                return false;
        }
        return true;
    }

    private static void CheckUtf8(string path, FileStream file)
    {
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[ChunkSize];
        var characters = new char[ChunkSize + 1];
        var line = 1L;
        for (var flush = false; !flush;)
        {
            var count = file.Read(bytes);
            flush = count == 0;
            var chunk = bytes.AsSpan(0, count);
            if (chunk.Contains((byte)0))
                throw new InputException($"{path} is no text file: it has zero bytes in it. If it is text in UTF-16, save it as UTF-8.");
            try
            {
                decoder.GetChars(chunk, characters, flush);
            }
            catch (DecoderFallbackException exception)
            {
                line += chunk[..Math.Clamp(exception.Index, 0, count)].Count((byte)'\n');
                throw new InputException($"{path} is not in UTF-8: line {line} has bytes that mean nothing in it. Save the file as UTF-8.");
            }
            line += chunk.Count((byte)'\n');
        }
    }
}
