using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ML;
using MLNet.Transformers.Serving;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>A web API on a free port of this machine, and a client of it.</summary>
internal sealed class ServingApp : IAsyncDisposable
{
    private ServingApp(WebApplication app)
    {
        App = app;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public WebApplication App { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static Task<ServingApp> StartAsync(ScriptedModel model, Action<BatchedPredictionOptions>? options = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null) =>
        StartAsync<Question, Length>(
            pool => pool.Services.AddOptions<PredictionEnginePoolOptions<Question, Length>>().Configure(pool => pool.ModelLoader = model), options, configure, map: map);

    public static async Task<ServingApp> StartAsync<TInput, TOutput>(
        Action<PredictionEnginePoolBuilder<TInput, TOutput>> model,
        Action<BatchedPredictionOptions>? options = null,
        Action<WebApplicationBuilder>? configure = null,
        bool waits = true,
        Action<WebApplication>? map = null)
        where TInput : class, new()
        where TOutput : class, new()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        model(builder.Services.AddPredictionEnginePool<TInput, TOutput>());
        builder.Services.AddBatchedPrediction<TInput, TOutput>(options);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapPrediction<TInput, TOutput>("/predict");
        app.MapHealth();
        app.MapMetrics();
        map?.Invoke(app);
        await app.StartAsync();
        var serving = new ServingApp(app);
        if (waits)
        {
            await EventuallyAsync(async () => (await serving.GetAsync("/health/ready")).Status == 200);
        }
        return serving;
    }

    public static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var deadline = Environment.TickCount64 + 20_000; !await condition();)
        {
            Assert.True(Environment.TickCount64 < deadline, "It has not happened within 20 seconds.");
            await Task.Delay(10);
        }
    }

    public Task<Reply> PredictAsync(string text, CancellationToken cancellation = default) =>
        SendAsync(JsonSerializer.Serialize(new Dictionary<string, string> { ["text"] = text }), cancellation);

    public Task<Reply> SendAsync(string json, CancellationToken cancellation = default) =>
        SendAsync(new StringContent(json, Encoding.UTF8, "application/json"), cancellation);

    public async Task<Reply> SendAsync(HttpContent content, CancellationToken cancellation = default)
    {
        using var response = await Client.PostAsync("/predict", content, cancellation);
        return await Reply.OfAsync(response);
    }

    public async Task<Reply> GetAsync(string address)
    {
        using var response = await Client.GetAsync(address);
        return await Reply.OfAsync(response);
    }

    /// <summary>A metric's value; 0 where it is not there.</summary>
    public async Task<double> MetricAsync(string series)
    {
        var line = (await GetAsync("/metrics")).Body.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }

    public Task QueuedAsync(int rows) => EventuallyAsync(async () => await MetricAsync("prediction_queue_rows{model=\"default\"}") == rows);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}

/// <summary>An answer, read to its end.</summary>
internal sealed record Reply(int Status, string Body, string? Type, string? Version, TimeSpan? RetryAfter)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public static async Task<Reply> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.TryGetValues("Model-Version", out var versions) ? versions.Single() : null,
        response.Headers.RetryAfter?.Delta);
}
