using System.IO.Compression;

namespace Microsoft.ML;

/// <summary>Reads an archive: an entry comes out when it is opened.</summary>
internal sealed class RepositoryReader : Repository
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _extracted = new(StringComparer.Ordinal);
    private readonly List<Entry> _open = [];

    private RepositoryReader(Stream stream, IExceptionContext context)
        : base(context)
    {
        try
        {
            _archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in _archive.Entries)
                _entries[Normalize(entry.FullName)] = entry;
        }
        catch (Exception exception)
        {
            Dispose();
            throw context.Process(new FormatException("Failed to open a zip archive", exception));
        }
    }

    public static RepositoryReader Open(Stream stream, IExceptionContext context)
    {
        context.CheckValue(stream, nameof(stream));
        return new(stream, context);
    }

    public Entry OpenEntry(string directory, string name) =>
        OpenEntryOrNull(directory, name) ?? throw ExceptionContext.Except("Repository doesn't contain entry {0}", NameOf(directory, name));

    public Entry OpenEntryOrNull(string directory, string name)
    {
        ExceptionContext.Check(!Disposed);
        var path = NameOf(directory, name);
        if (!_extracted.TryGetValue(path, out var file))
        {
            if (!_entries.TryGetValue(path, out var archived))
                return null;
            file = NewTemporaryFile();
            archived.ExtractToFile(file);
            _extracted[path] = file;
        }

        var entry = new Entry(path, new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read), OnClosed);
        _open.Add(entry);
        return entry;
    }

    protected override void Close()
    {
        while (_open.Count > 0)
            _open[^1].Dispose();
        _archive?.Dispose();
    }

    private void OnClosed(Entry entry)
    {
        _open.Remove(entry);
        entry.Stream.Dispose();
    }
}
