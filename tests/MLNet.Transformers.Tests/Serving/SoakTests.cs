using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tests.Serving;

public sealed class SoakTests : IDisposable
{
    private static readonly int[] Answers = [200, 207, 400, 405, 413, 415, 422, 429];

    private readonly ScriptedModel model = new();

    /// <summary>Some thousand requests of all kinds, most of them bad: none is the service's fault, and nothing of them stays.</summary>
    [Fact]
    public async Task RequestsOfAllKindsLeaveNothing()
    {
        await using var app = await ServingApp.StartAsync(model, options =>
        {
            (options.QueueCapacity, options.MaxRequestRows, options.MaxRequestBytes, options.MaxTextLength) = (64, 32, 20_000, 5_000);
        });
        await SendAsync(app, seed: 0, TimeSpan.FromSeconds(1));
        var (memory, files) = await HeldAsync(app);
        var sent = await SendAsync(app, seed: 100, TimeSpan.FromSeconds(5));
        var (laterMemory, laterFiles) = await HeldAsync(app);
        Assert.True(sent > 500, $"{sent} requests");
        Assert.True(laterMemory - memory < 8 << 20, $"{memory} bytes before, {laterMemory} after {sent} requests");
        Assert.True(laterFiles - files < 32, $"{files} open files before, {laterFiles} after {sent} requests");
    }

    public void Dispose() => model.Dispose();

    private static async Task<int> SendAsync(ServingApp app, int seed, TimeSpan time)
    {
        var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var counts = await Task.WhenAll(Enumerable.Range(seed, 8).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            var sent = 0;
            for (; Stopwatch.GetTimestamp() < until; sent++)
            {
                await SendAsync(app, random);
            }
            return sent;
        })));
        return counts.Sum();
    }

    private static async Task SendAsync(ServingApp app, Random random)
    {
        if (random.Next(8) == 0)
        {
            await LeaveAsync(app, random);
            return;
        }
        var body = Body(random);
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", random.Next(20) == 0 ? "text/plain" : "application/json");
        using var request = new HttpRequestMessage(random.Next(20) == 0 ? HttpMethod.Put : HttpMethod.Post, "/predict") { Content = content };
        request.Headers.TransferEncodingChunked = random.Next(4) == 0;
        try
        {
            using var response = await app.Client.SendAsync(request);
            var status = (int)response.StatusCode;
            Assert.True(Answers.Contains(status), $"{status} of {Encoding.Latin1.GetString(body)}");
            Assert.True(status is 200 or 207 or 405 || response.Content.Headers.ContentType?.MediaType == "application/problem+json");
        }
        catch (HttpRequestException) when (body.Length > 20_000)
        {
            // The service may have answered and hung up while it was still sent.
        }
    }

    /// <summary>A client that goes while it sends, or waits.</summary>
    private static async Task LeaveAsync(ServingApp app, Random random)
    {
        using var client = await RawClient.ConnectAsync(app.Address);
        var text = RawClient.Head("Content-Length: 16") + """{"text": "four"}""";
        await client.SendAsync(text[..random.Next(text.Length + 1)]);
        if (random.Next(2) == 0)
        {
            client.Reset();
        }
    }

    private static byte[] Body(Random random)
    {
        object[] values = ["four", "", "poison", new string('a', 4_000), new string('a', 6_000), 3, null!, true, new[] { "a" }, new { a = 1 }];
        string[] names = ["text", "text", "text", "label", "Whole", "Numbers", "Time", "other"];
        Dictionary<string, object> Row() => Enumerable.Range(0, random.Next(1, 4)).Select(_ => names[random.Next(names.Length)]).Distinct()
            .ToDictionary(name => name, name => random.Next(3) == 0 || name != "text" ? values[random.Next(values.Length)] : "four");
        var body = JsonSerializer.SerializeToUtf8Bytes<object>(random.Next(3) switch
        {
            0 => Row(),
            1 => Enumerable.Range(0, random.Next(40)).Select(_ => Row()),
            _ => new { text = "four" },
        });
        for (var damages = random.Next(4) == 0 ? random.Next(1, 5) : 0; damages > 0; damages--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }
        return body;
    }

    /// <summary>Bytes of living objects and open files, once the connections of clients that left are gone.</summary>
    private static async Task<(long Memory, int Files)> HeldAsync(ServingApp app)
    {
        await ServingApp.EventuallyAsync(async () => await app.MetricAsync("prediction_queue_rows{model=\"default\"}") == 0);
        var memory = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            // Pools let go of what they keep ready little by little.
            await Task.Delay(100);
            memory = Math.Min(memory, GC.GetTotalMemory(forceFullCollection: true));
        }
        return (memory, OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0);
    }
}
