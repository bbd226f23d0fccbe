using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ML;

namespace Stack.Tests.ML.Hosting;

public sealed class ModelAtAddressTests : IDisposable
{
    private readonly PricedWords _files = new();
    private readonly HttpListener _server = new();
    private readonly string _address;
    private volatile byte[] _model;
    private volatile string? _tag = "\"1\"";
    private int _loads;

    public ModelAtAddressTests()
    {
        _model = _files.Bytes(3);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        _server.Prefixes.Add(_address);
        _server.Start();
        _ = ServeAsync();
    }

    [Fact]
    public void AChangedTagTakesTheModelAgain()
    {
        using var services = Services(builder => builder.FromUri(_address + "m", TimeSpan.FromMilliseconds(30)));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        Assert.Equal(3, pool.Predict(new Word()).Price);
        Thread.Sleep(150);
        Assert.Equal(1, _loads);
        (_model, _tag) = (_files.Bytes(4), "\"2\"");
        PredictionEnginePoolTests.Eventually(() => pool.GetPredictionEngine().Predict(new()).Price == 4);
    }

    [Fact]
    public void AnAddressWithoutTagsIsReadOnce()
    {
        _tag = null;
        using var services = Services(builder => builder.FromUri("named", new Uri(_address + "m"), TimeSpan.FromMilliseconds(30)));
        var pool = services.GetRequiredService<PredictionEnginePool<Word, Priced>>();
        Assert.Equal(3, pool.Predict("named", new Word()).Price);
        Thread.Sleep(150);
        Assert.Equal(1, _loads);
    }

    [Fact]
    public void WhatIsNoModelFailsAtOnceAndIsLogged()
    {
        _model = [1, 2, 3];
        var log = new LogEntries();
        using var services = Services(builder => builder.FromUri(_address + "m"), log);
        Assert.ThrowsAny<Exception>(() => services.GetRequiredService<PredictionEnginePool<Word, Priced>>());
        Assert.Contains(log.All, entry => entry is { Category: "Microsoft.Extensions.ML.UriModelLoader", Level: LogLevel.Error, Event: { Id: 103, Name: "UriLoadError" } });
    }

    public void Dispose()
    {
        _server.Close();
        _files.Dispose();
    }

    private static ServiceProvider Services(Action<PredictionEnginePoolBuilder<Word, Priced>> configure, LogEntries? log = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(log ?? new LogEntries()));
        configure(services.AddPredictionEnginePool<Word, Priced>());
        return services.BuildServiceProvider();
    }

    private async Task ServeAsync()
    {
        while (_server.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _server.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            if (_tag is { } tag)
                context.Response.Headers["ETag"] = tag;
            if (context.Request.HttpMethod == "GET")
            {
                Interlocked.Increment(ref _loads);
                await context.Response.OutputStream.WriteAsync(_model);
            }
            context.Response.Close();
        }
    }
}
