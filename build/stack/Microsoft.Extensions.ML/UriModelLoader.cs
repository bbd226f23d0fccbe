using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ML;

/// <summary>A model at an address, which is asked now and then for its tag where it has one, and loaded anew when that has changed.</summary>
internal sealed partial class UriModelLoader(IOptions<MLOptions> options, ILogger<UriModelLoader> logger) : ModelLoader, IDisposable
{
    private const string TagHeader = "ETag";

    private readonly MLContext _context = options.Value.MLContext;
    private readonly Lock _timing = new();
    private Uri _uri;
    private TimeSpan _period;
    private Timer _timer;
    private bool _disposed;
    private bool _started;
    private string _tag;
    private ModelReloadToken _reloadToken = new();
    private volatile ITransformer _model;

    public void Start(Uri uri, TimeSpan period)
    {
        _uri = uri;
        _period = period;
        if (LoadModelAsync().ConfigureAwait(false).GetAwaiter().GetResult())
            StartTimer();
        _started = true;
    }

    public override IChangeToken GetReloadToken() => _started ? _reloadToken : throw NotStarted();

    public override ITransformer GetModel() => _started ? _model : throw NotStarted();

    public void Dispose()
    {
        lock (_timing)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void StartTimer()
    {
        lock (_timing)
        {
            _timer?.Dispose();
            _timer = _disposed ? null : new(_ => Task.Run(ReloadAsync), null, _period, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task ReloadAsync()
    {
        var elapsed = Stopwatch.StartNew();
        try
        {
            UriReloadBegin(_uri);
            if (!await HasKnownTagAsync())
            {
                await LoadModelAsync();
                Interlocked.Exchange(ref _reloadToken, new()).OnReload();
            }
            UriReloadEnd(_uri, elapsed.Elapsed.TotalMilliseconds);
        }
        catch (Exception exception)
        {
            UriReloadError(_uri, elapsed.Elapsed.TotalMilliseconds, exception);
        }
        StartTimer();
    }

    private async Task<bool> HasKnownTagAsync()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, _uri);
        using var response = await client.SendAsync(request);
        return response.Headers.GetValues(TagHeader).First() == _tag;
    }

    /// <summary>Loads the model; the result is whether it has a tag, and so can be watched.</summary>
    private async Task<bool> LoadModelAsync()
    {
        try
        {
            using var client = new HttpClient();
            using var response = await client.GetAsync(_uri);
            using (var stream = await response.Content.ReadAsStreamAsync())
                _model = _context.Model.Load(stream, out _);
            var tagged = response.Headers.TryGetValues(TagHeader, out var tags);
            if (tagged)
                _tag = tags.First();
            return tagged;
        }
        catch (Exception exception)
        {
            UriLoadError(_uri, exception);
            throw;
        }
    }

    [LoggerMessage(100, LogLevel.Debug, "URI reload '{uri}'")]
    private partial void UriReloadBegin(Uri uri);

    [LoggerMessage(101, LogLevel.Debug, "URI reload '{uri}' completed after {ElapsedMilliseconds}ms")]
    private partial void UriReloadEnd(Uri uri, double elapsedMilliseconds);

    [LoggerMessage(102, LogLevel.Error, "URI reload for {uri} threw an unhandled exception after {ElapsedMilliseconds}ms")]
    private partial void UriReloadError(Uri uri, double elapsedMilliseconds, Exception exception);

    [LoggerMessage(103, LogLevel.Error, "Error loading {uri}")]
    private partial void UriLoadError(Uri uri, Exception exception);
}
