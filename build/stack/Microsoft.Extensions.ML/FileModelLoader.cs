using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ML;

/// <summary>A model in a file, which is loaded anew when the file's contents change.</summary>
internal sealed partial class FileModelLoader(IOptions<MLOptions> options, ILogger<FileModelLoader> logger) : ModelLoader, IDisposable
{
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly MLContext _context = options.Value.MLContext;
    private readonly Lock _loading = new();
    private string _filePath;
    private FileSystemWatcher _watcher;
    private ModelReloadToken _reloadToken;
    private volatile ITransformer _model;

    public void Start(string filePath, bool watchFile)
    {
        _filePath = filePath;
        _reloadToken = new();
        if (!File.Exists(filePath))
            throw new ArgumentException($"The provided model file {filePath} doesn't exist.");
        LoadModel();
        if (!watchFile)
            return;
        var directory = Path.GetDirectoryName(filePath);
        _watcher = new(string.IsNullOrEmpty(directory) ? Directory.GetCurrentDirectory() : directory, Path.GetFileName(filePath));
        _watcher.Changed += Reload;
        _watcher.EnableRaisingEvents = true;
    }

    public override IChangeToken GetReloadToken() => _reloadToken ?? throw NotStarted();

    public override ITransformer GetModel() => _model ?? throw NotStarted();

    public void Dispose() => _watcher?.Dispose();

    private void Reload(object sender, FileSystemEventArgs e)
    {
        var elapsed = Stopwatch.StartNew();
        try
        {
            FileReloadBegin(_filePath);
            // As in the package, a token whose load fails is never told of a later one: its pool then keeps its engines.
            var previous = Interlocked.Exchange(ref _reloadToken, new());
            lock (_loading)
            {
                LoadModel();
                ReloadingFile(_filePath, elapsed.Elapsed.TotalMilliseconds);
            }
            previous.OnReload();
            FileReloadEnd(_filePath, elapsed.Elapsed.TotalMilliseconds);
        }
        catch (OperationCanceledException)
        {
            // The application shuts down.
        }
        catch (Exception exception)
        {
            FileReloadError(_filePath, elapsed.Elapsed.TotalMilliseconds, exception);
        }
    }

    private void LoadModel()
    {
        using var stream = WaitForFile() ?? throw new IOException($"Model file {_filePath} still got locked after 5 seconds, fail to reload.");
        _model = _context.Model.Load(stream, out _);
    }

    private FileStream WaitForFile()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return new(_filePath, FileMode.Open, FileAccess.Read, FileShare.Read);
            }
            catch (IOException)
            {
                Thread.Sleep(Pause);
            }
        }
        return null;
    }

    [LoggerMessage(100, LogLevel.Debug, "File reload for '{filePath}'")]
    private partial void FileReloadBegin(string filePath);

    [LoggerMessage(101, LogLevel.Debug, "File reload for '{filePath}' completed after {ElapsedMilliseconds}ms")]
    private partial void FileReloadEnd(string filePath, double elapsedMilliseconds);

    [LoggerMessage(101, LogLevel.Information, "Reloading file '{filePath}' completed after {ElapsedMilliseconds}ms", EventName = nameof(FileReloadEnd))]
    private partial void ReloadingFile(string filePath, double elapsedMilliseconds);

    [LoggerMessage(103, LogLevel.Error, "File reload for '{filePath}' threw an unhandled exception after {ElapsedMilliseconds}ms")]
    private partial void FileReloadError(string filePath, double elapsedMilliseconds, Exception exception);
}
