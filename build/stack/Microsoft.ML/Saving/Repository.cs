using System.IO.Compression;

namespace Microsoft.ML;

/// <summary>A zip archive of named streams, which are spooled through temporary files.</summary>
internal abstract class Repository : IDisposable
{
    private readonly DirectoryInfo _temporary;

    private protected Repository(IExceptionContext context)
    {
        ExceptionContext = context;
        var parent = (context as IHostEnvironmentInternal)?.TempFilePath ?? Path.GetTempPath();
        _temporary = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(parent), $"ml_dotnet_{Guid.NewGuid():N}"));
    }

    public IExceptionContext ExceptionContext { get; }

    protected bool Disposed { get; private set; }

    public void Dispose()
    {
        if (Disposed)
            return;
        Disposed = true;
        Close();
        try
        {
            _temporary.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Somebody still holds a file open: the system's own clearing of temporary files will take it.
        }
    }

    protected abstract void Close();

    protected string NewTemporaryFile() => Path.Combine(_temporary.FullName, Path.GetRandomFileName());

    /// <summary>The archive's name for a directory and a file, with forward slashes.</summary>
    protected string NameOf(string directory, string name)
    {
        ExceptionContext.CheckParam(directory is null || !directory.Contains("..", StringComparison.Ordinal), nameof(directory));
        ExceptionContext.CheckParam(!string.IsNullOrWhiteSpace(name), nameof(name));
        ExceptionContext.CheckParam(!name.Contains("..", StringComparison.Ordinal), nameof(name));
        return Normalize(Path.Combine(directory ?? "", name));
    }

    protected static string Normalize(string path) => path.Replace('\\', '/');

    /// <summary>An open stream of the archive.</summary>
    internal sealed class Entry(string path, FileStream stream, Action<Entry> closed) : IDisposable
    {
        private bool _disposed;

        public string Path { get; } = path;

        public FileStream Stream { get; } = stream;

        public void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            closed(this);
        }
    }
}
