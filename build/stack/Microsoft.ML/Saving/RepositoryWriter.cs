using System.IO.Compression;
using System.Reflection;

namespace Microsoft.ML;

/// <summary>Writes an archive: an entry goes in when it is closed.</summary>
internal sealed class RepositoryWriter : Repository
{
    private readonly ZipArchive _archive;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<Entry> _open = [];
    private readonly Queue<Entry> _closed = [];

    private RepositoryWriter(Stream stream, IExceptionContext context)
        : base(context) => _archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    public static RepositoryWriter CreateNew(Stream stream, IExceptionContext context)
    {
        context.CheckValue(stream, nameof(stream));
        var repository = new RepositoryWriter(stream, context);
        using var version = repository.CreateEntry("TrainingInfo", "Version.txt");
        using var writer = new StreamWriter(version.Stream, leaveOpen: true);
        writer.WriteLine(typeof(RepositoryWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>().InformationalVersion);
        return repository;
    }

    public Entry CreateEntry(string directory, string name)
    {
        ExceptionContext.Check(!Disposed);
        Flush();
        var path = NameOf(directory, name);
        if (!_names.Add(path))
            throw ExceptionContext.ExceptParam(nameof(name), $"Duplicate entry: '{path}'");
        var entry = new Entry(path, new FileStream(NewTemporaryFile(), FileMode.CreateNew), OnClosed);
        _open.Add(entry);
        return entry;
    }

    public void Commit()
    {
        ExceptionContext.Check(!Disposed);
        while (_open.Count > 0)
            _open[^1].Dispose();
        Flush();
        Dispose();
    }

    protected override void Close()
    {
        foreach (var entry in _open.Concat(_closed))
            entry.Stream.Dispose();
        _archive.Dispose();
    }

    private void OnClosed(Entry entry)
    {
        _open.Remove(entry);
        _closed.Enqueue(entry);
    }

    private void Flush()
    {
        while (_closed.TryDequeue(out var entry))
        {
            using (var source = entry.Stream)
            using (var target = _archive.CreateEntry(entry.Path).Open())
            {
                source.Position = 0;
                source.CopyTo(target);
            }

            File.Delete(entry.Stream.Name);
        }
    }
}
