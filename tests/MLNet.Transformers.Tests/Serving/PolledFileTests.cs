using System.Globalization;
using Microsoft.Extensions.ML;
using MLNet.Transformers.Serving;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>Model files that are looked at: it matters not how a new one comes.</summary>
public sealed class PolledFileTests : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder folder = new();
    private readonly PriceFile file;

    public PolledFileTests() => file = new PriceFile(folder.File("Model.mlnet"));

    [Fact]
    public async Task AnyWayToReplaceTheFileIsSeen()
    {
        file.Save(1);
        await using var app = await StartAsync();
        (string Name, Action<byte[]> Replace)[] ways =
        [
            ("written in place", model => File.WriteAllBytes(file.Path, model)),
            ("moved over", model => Move(model, folder.File("next"))),
            ("moved from elsewhere", model => Move(model, Path.GetTempFileName())),
            ("written in pieces", model => Write(model, 20)),
            ("removed, and written anew", model =>
            {
                File.Delete(file.Path);
                Thread.Sleep(200);
                File.WriteAllBytes(file.Path, model);
            }),
            ("a link", model =>
            {
                File.WriteAllBytes(folder.File("first"), model);
                File.CreateSymbolicLink(folder.File("link"), folder.File("first"));
                File.Move(folder.File("link"), file.Path, overwrite: true);
            }),
            ("a link elsewhere", model =>
            {
                File.WriteAllBytes(folder.File("second"), model);
                File.CreateSymbolicLink(folder.File("link"), folder.File("second"));
                File.Move(folder.File("link"), file.Path, overwrite: true);
            }),
        ];
        var pool = (PredictionEnginePool<Question, Price>)app.App.Services.GetService(typeof(PredictionEnginePool<Question, Price>))!;
        foreach (var ((name, replace), i) in ways.Select((way, i) => (way, i)))
        {
            var price = i + 2;
            replace(PriceFile.Model(price));
            await ServingApp.EventuallyAsync(async () => (await app.PredictAsync("tea")).Body == $$"""{"price":{{price}}}""");
            // The pool's own engines are of the same model.
            Assert.True(price == pool.Predict(new Question { Text = "tea" }).Value, name);
        }
        Assert.Equal(ways.Length + 1, await app.MetricAsync("prediction_model_version{model=\"default\"}"));
        Assert.Equal(0, await app.MetricAsync("prediction_model_failures_total{model=\"default\"}"));
    }

    [Fact]
    public async Task HalfAFileIsToldAndTheWholeIsServed()
    {
        file.Save(1);
        await using var app = await StartAsync();
        var model = PriceFile.Model(2);
        File.WriteAllBytes(file.Path, model[..(model.Length / 2)]);
        await ServingApp.EventuallyAsync(async () => (await StateAsync(app)) == "Degraded");
        Assert.Contains("Model.mlnet", (await app.GetAsync("/health/ready")).Body, StringComparison.Ordinal);
        Assert.Equal("""{"price":1}""", (await app.PredictAsync("tea")).Body);
        File.WriteAllBytes(file.Path, model);
        await ServingApp.EventuallyAsync(async () => (await StateAsync(app)) == "Healthy");
        Assert.Equal("""{"price":2}""", (await app.PredictAsync("tea")).Body);
        Assert.Equal(1, await app.MetricAsync("prediction_model_failures_total{model=\"default\"}"));
        File.Delete(file.Path);
        await Task.Delay(4 * Period);
        Assert.Equal(("Healthy", """{"price":2}"""), (await StateAsync(app), (await app.PredictAsync("tea")).Body));
    }

    [Fact]
    public async Task TenSwapsUnderLoadFailNoRequest()
    {
        file.Save(1);
        await using var app = await StartAsync();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var latest = 0f;
            while (!stop.IsCancellationRequested)
            {
                var reply = await app.PredictAsync("tea");
                Assert.Equal(200, reply.Status);
                Assert.InRange(reply.Json.GetProperty("price").GetSingle(), latest, 11);
                latest = reply.Json.GetProperty("price").GetSingle();
            }
            return latest;
        })).ToArray();
        for (var price = 2; price <= 11; price++)
        {
            var model = PriceFile.Model(price);
            if (price % 2 == 0)
            {
                Move(model, folder.File("next"));
            }
            else
            {
                Write(model, 4);
            }
            var expected = string.Create(CultureInfo.InvariantCulture, $$"""{"price":{{price}}}""");
            await ServingApp.EventuallyAsync(async () => (await app.PredictAsync("tea")).Body == expected);
        }
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(clients), latest => Assert.Equal(11, latest));
        Assert.Equal(0, await app.MetricAsync("prediction_model_failures_total{model=\"default\"}"));
    }

    [Fact]
    public void APeriodAndAFileAreNeeded()
    {
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        var pool = services.AddPredictionEnginePool<Question, Price>();
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.FromFile("Model.mlnet", watchForChanges: true, TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => pool.FromFile("", watchForChanges: true, Period));
    }

    public void Dispose() => folder.Dispose();

    private static async Task<string> StateAsync(ServingApp app) => (await app.GetAsync("/health/ready")).Json.GetProperty("status").GetString()!;

    private Task<ServingApp> StartAsync() => ServingApp.StartAsync<Question, Price>(pool => pool.FromFile(file.Path, watchForChanges: true, Period));

    private void Move(byte[] model, string from)
    {
        File.WriteAllBytes(from, model);
        File.Move(from, file.Path, overwrite: true);
    }

    /// <summary>Writes the file a piece after another, without a lock, as any other program does.</summary>
    private void Write(byte[] model, int pieces)
    {
        using var target = new FileStream(file.Path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        foreach (var piece in model.Chunk((model.Length / pieces) + 1))
        {
            target.Write(piece);
            Thread.Sleep(5);
        }
    }
}
