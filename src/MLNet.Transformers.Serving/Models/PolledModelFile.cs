using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ML;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace MLNet.Transformers.Serving.Models;

/// <summary>
/// A model in a file that is looked at every so often: when it is another than the one that was loaded, and the same as a period
/// ago, it is loaded. So it matters not how it came there, and half of a file is not loaded.
/// </summary>
/// <remarks>It takes no lock: who writes the file is never in the way of who serves it, nor the other way round.</remarks>
internal sealed partial class PolledModelFile(IOptions<MLOptions> options, ILogger<PolledModelFile> logger) : ModelLoader, IDisposable
{
    private readonly MLContext context = options.Value.MLContext;
    private string path = "";
    private PeriodicTimer? timer;
    private ModelReloadToken token = new();
    private volatile ITransformer? model;
    private FileState tried;
    private FileState seen;

    /// <summary>Loads the model; from then on it is there, whatever becomes of the file.</summary>
    /// <exception cref="ArgumentException">There is no such file, or the period is none.</exception>
    public void Start(string filePath, bool watches, TimeSpan period)
    {
        path = Path.GetFullPath(filePath);
        if (!File.Exists(path))
        {
            throw new ArgumentException($"The model file {filePath} doesn't exist.", nameof(filePath));
        }
        using (var file = Open())
        {
            seen = tried = FileState.Of(file.SafeFileHandle);
            model = context.Model.Load(file, out _);
        }
        if (watches)
        {
            timer = new PeriodicTimer(period);
            _ = WatchAsync(timer);
        }
    }

    public override ITransformer GetModel() => model ?? throw NotStarted();

    public override IChangeToken GetReloadToken() => model is null ? throw NotStarted() : token;

    public void Dispose() => timer?.Dispose();

    private async Task WatchAsync(PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            try
            {
                using var file = Open();
                Look(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Between two files there may be none.
                CannotOpen(path, exception);
            }
        }
    }

    private void Look(FileStream file)
    {
        var state = FileState.Of(file.SafeFileHandle);
        if (state != seen)
        {
            // It may still be written: the next look will tell.
            seen = state;
        }
        else if (state != tried && Load(file, state) is { } newest)
        {
            model = newest;
            Interlocked.Exchange(ref token, new()).OnReload();
            Reloaded(path);
        }
    }

    /// <summary>The model, or null where it is none, or the file was written meanwhile: then what was read may be of both.</summary>
    private ITransformer? Load(FileStream file, FileState state)
    {
        try
        {
            var loaded = context.Model.Load(file, out _);
            if (FileState.Of(file.SafeFileHandle) == state)
            {
                tried = state;
                return loaded;
            }
            (loaded as IDisposable)?.Dispose();
        }
        catch (Exception exception) when (FileState.Of(file.SafeFileHandle) == state)
        {
            tried = state;
            CannotReload(path, exception);
        }
        catch (Exception exception)
        {
            CannotOpen(path, exception);
        }
        return null;
    }

    private FileStream Open() => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static InvalidOperationException NotStarted() => new("Start must be called on a model loader before it can be used.");

    [LoggerMessage(1, LogLevel.Information, "The model file '{Path}' was loaded anew")]
    private partial void Reloaded(string path);

    [LoggerMessage(2, LogLevel.Error, "The model file '{Path}' has changed and cannot be loaded; the model before goes on")]
    private partial void CannotReload(string path, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "The model file '{Path}' cannot be read now")]
    private partial void CannotOpen(string path, Exception exception);
}
