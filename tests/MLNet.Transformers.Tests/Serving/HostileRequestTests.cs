using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>Clients that are slow, endless, in a hurry to leave, or speak something else.</summary>
public sealed class HostileRequestTests : IDisposable
{
    private const string Sound = """{"text": "four"}""";

    private readonly ScriptedModel model = new();

    [Fact]
    public async Task ABodyWithoutAnEndIsRefusedAtTheLimit()
    {
        await using var app = await ServingApp.StartAsync(model, options => options.MaxRequestBytes = 100_000);
        using var client = await RawClient.ConnectAsync(app.Address);
        await client.SendAsync(RawClient.Head("Transfer-Encoding: chunked"));
        var chunk = $"2710\r\n{new string('a', 10_000)}\r\n";
        for (var i = 0; i < 11; i++)
        {
            await client.SendAsync(chunk);
        }
        var (status, head, body) = await client.ReadAsync();
        Assert.Equal(413, status);
        Assert.Contains("application/problem+json", head, StringComparison.Ordinal);
        Assert.Contains("100000 bytes", body, StringComparison.Ordinal);
        await AssertServesAsync(app);
    }

    [Fact]
    public async Task ASlowBodyIsToldSo()
    {
        await using var app = await ServingApp.StartAsync(model, configure: builder => builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(1.1))));
        using var slow = await RawClient.ConnectAsync(app.Address);
        await slow.SendAsync(RawClient.Head("Content-Length: 100") + "{\"text\"");
        await AssertServesAsync(app);
        var (status, head, body) = await slow.ReadAsync();
        Assert.Equal(408, status);
        Assert.Contains("application/problem+json", head, StringComparison.Ordinal);
        Assert.Contains("\"status\":408", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoAsksFirstWhetherToSendIsAnswered()
    {
        await using var app = await ServingApp.StartAsync(model, options => options.MaxRequestBytes = 1000);
        using var polite = await RawClient.ConnectAsync(app.Address);
        await polite.SendAsync(RawClient.Head($"Content-Length: {Sound.Length}\r\nExpect: 100-continue"));
        Assert.Equal(100, (await polite.ReadAsync()).Status);
        await polite.SendAsync(Sound);
        Assert.Equal((200, """{"length":4}"""), (await polite.ReadAsync()) is var (status, _, body) ? (status, body) : default);

        // Too much is refused before it is sent.
        using var large = await RawClient.ConnectAsync(app.Address);
        await large.SendAsync(RawClient.Head("Content-Length: 10000000\r\nExpect: 100-continue"));
        Assert.Equal(413, (await large.ReadAsync()).Status);
    }

    [Fact]
    public async Task WhoLeavesBeforeTheAnswerLeavesNothing()
    {
        await using var app = await ServingApp.StartAsync(model);
        model.Hold();
        var first = app.PredictAsync("a");
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/metrics")).Body.Contains("prediction_queue_rows", StringComparison.Ordinal));
        await app.QueuedAsync(0);
        var scored = model.Scored;
        for (var i = 0; i < 20; i++)
        {
            using var inTheBody = await RawClient.ConnectAsync(app.Address);
            await inTheBody.SendAsync(RawClient.Head("Content-Length: 100") + "{\"text\"");
            using var afterIt = await RawClient.ConnectAsync(app.Address);
            await afterIt.SendAsync(RawClient.Head($"Content-Length: {Sound.Length}") + Sound);
            await app.QueuedAsync(1);
            inTheBody.Reset();
            afterIt.Reset();
            // Its row leaves the queue though the model is busy.
            await app.QueuedAsync(0);
        }
        model.Release();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(scored + 1, model.Scored);
        await AssertServesAsync(app);
        Assert.Equal(0, await app.MetricAsync("prediction_queue_rows{model=\"default\"}"));
        Assert.Equal(20, await app.MetricAsync("prediction_requests_total{model=\"default\",status=\"499\"}"));
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", null, 200)]
    [InlineData("application/json; charset=\"UTF-8\"", null, 200)]
    [InlineData("application/vnd.rows+json", null, 200)]
    [InlineData("application/json", "identity", 200)]
    [InlineData("application/json; charset=latin1", null, 415)]
    [InlineData("application/json; charset=utf-16", null, 415)]
    [InlineData("application/json; charset=klingon", null, 415)]
    [InlineData("application/json", "gzip", 415)]
    [InlineData("application/json/x", null, 415)]
    [InlineData("application/x-www-form-urlencoded", null, 415)]
    [InlineData("multipart/form-data; boundary=x", null, 415)]
    public async Task TheBodyIsJsonInUtf8AsItIs(string type, string? encoding, int status)
    {
        await using var app = await ServingApp.StartAsync(model);
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Sound));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }
        var reply = await app.SendAsync(content);
        Assert.Equal((status, status == 200 ? "application/json" : "application/problem+json"), (reply.Status, reply.Type));
    }

    [Fact]
    public async Task OtherMethodsAndVersionsAreRefused()
    {
        await using var app = await ServingApp.StartAsync(model);
        foreach (var method in new[] { "GET", "PUT", "DELETE", "PATCH", "BREW" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/predict");
            using var response = await app.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        }
        // HTTP/2 needs TLS, or an endpoint that is told so.
        using var second = new HttpRequestMessage(HttpMethod.Post, "/predict") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        await Assert.ThrowsAsync<HttpRequestException>(() => app.Client.SendAsync(second));
        foreach (var nonsense in new[] { "\r\n\r\n", "POST /predict\r\n\r\n", "POST /predict HTTP/9.9\r\nHost: a\r\n\r\n", $"GET /{new string('a', 20_000)} HTTP/1.1\r\n", "\u0016\u0003\u0001\u0000\u0000" })
        {
            using var client = await RawClient.ConnectAsync(app.Address);
            await client.SendAsync(nonsense);
        }
        await AssertServesAsync(app);
    }

    public void Dispose() => model.Dispose();

    private static async Task AssertServesAsync(ServingApp app) => Assert.Equal("""{"length":4}""", (await app.PredictAsync("four")).Body);
}
