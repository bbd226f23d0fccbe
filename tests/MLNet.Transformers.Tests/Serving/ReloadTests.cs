using System.Collections.Concurrent;
using Microsoft.Extensions.ML;
using Microsoft.ML;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>Models that come late, change, break, and are disposed of.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PriceFile file;

    public ReloadTests() => file = new PriceFile(folder.File("Model.mlnet"));

    [Fact]
    public async Task AServiceWithoutAModelIsAliveButNotReady()
    {
        await using var app = await StartAsync(waits: false);
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/health/ready")).Body.Contains("doesn't exist", StringComparison.Ordinal));
        Assert.Equal(503, (await app.GetAsync("/health/ready")).Status);
        Assert.Equal(200, (await app.GetAsync("/health/live")).Status);
        var early = await app.PredictAsync("tea");
        Assert.Equal((503, "application/problem+json", TimeSpan.FromSeconds(1)), (early.Status, early.Type, early.RetryAfter!.Value));
        file.Save(3);
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/health/ready")).Status == 200);
        Assert.Equal("""{"price":3}""", (await app.PredictAsync("tea")).Body);
    }

    [Fact]
    public async Task ABrokenFileLeavesTheOldModelAndReadyTellsIt()
    {
        file.Save(3);
        await using var app = await StartAsync();
        await File.WriteAllTextAsync(file.Path, "no model");
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/health/ready")).Json.GetProperty("status").GetString() == "Degraded");
        var ready = await app.GetAsync("/health/ready");
        Assert.Equal(200, ready.Status);
        Assert.Contains("Model.mlnet", ready.Body, StringComparison.Ordinal);
        Assert.Equal("""{"price":3}""", (await app.PredictAsync("tea")).Body);
        Assert.True(await app.MetricAsync("prediction_model_failures_total{model=\"default\"}") >= 1);
        file.Save(4);
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/health/ready")).Json.GetProperty("status").GetString() == "Healthy");
        Assert.Equal("""{"price":4}""", (await app.PredictAsync("tea")).Body);
    }

    [Fact]
    public async Task AModelOfOtherColumnsIsNotServed()
    {
        file.Save(3);
        await using var app = await StartAsync();
        var context = new MLContext(1);
        var rows = context.Data.LoadFromEnumerable([new Question()]);
        context.Model.Save(context.Transforms.CopyColumns("other", "text").Fit(rows), rows.Schema, file.Path);
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/health/ready")).Json.GetProperty("status").GetString() == "Degraded");
        Assert.Contains("price", (await app.GetAsync("/health/ready")).Body, StringComparison.Ordinal);
        Assert.Equal("""{"price":3}""", (await app.PredictAsync("tea")).Body);
    }

    [Fact]
    public async Task TenSwapsUnderLoadFailNoRequest()
    {
        file.Save(1);
        await using var app = await StartAsync();
        using var stop = new CancellationTokenSource();
        var prices = new ConcurrentBag<float[]>();
        var clients = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var seen = new List<float>();
            while (!stop.IsCancellationRequested)
            {
                var reply = await app.SendAsync("""[{"text": "tea"}, {"text": "tea"}]""");
                Assert.Equal(200, reply.Status);
                var answers = reply.Json.EnumerateArray().Select(row => row.GetProperty("price").GetSingle()).ToArray();
                seen.AddRange(answers);
            }
            prices.Add([.. seen]);
        })).ToArray();
        for (var price = 2; price <= 11; price++)
        {
            file.Save(price);
            var expected = $$"""{"price":{{price}}}""";
            await ServingApp.EventuallyAsync(async () => (await app.PredictAsync("tea")).Body == expected);
        }
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.All(prices, seen =>
        {
            Assert.Equal(seen.Order(), seen);
            Assert.All(seen, price => Assert.InRange(price, 1, 11));
        });
        Assert.True(prices.SelectMany(seen => seen).Distinct().Count() > 2);
        Assert.True(int.Parse((await app.PredictAsync("tea")).Version!, System.Globalization.CultureInfo.InvariantCulture) >= 11);
    }

    [Fact]
    public async Task AModelThatIsDisposedOfAtOnceIsSucceededWithinTheBatch()
    {
        using var model = new ScriptedModel();
        await using var app = await ServingApp.StartAsync(model);
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                Assert.Equal(200, (await app.PredictAsync("tea")).Status);
            }
        })).ToArray();
        for (var i = 0; i < 20; i++)
        {
            model.Replace();
            await Task.Delay(20);
        }
        await stop.CancelAsync();
        await Task.WhenAll(clients);
    }

    [Fact]
    public async Task ModelsMayHaveNames()
    {
        file.Save(5);
        await using var app = await ServingApp.StartAsync<Question, Price>(pool => pool.FromFile("tariff", file.Path, watchForChanges: false), options => options.ModelName = "tariff");
        Assert.Equal("""{"price":5}""", (await app.PredictAsync("tea")).Body);
        Assert.Equal(1, await app.MetricAsync("prediction_rows_total{model=\"tariff\",outcome=\"scored\"}"));
    }

    [Fact]
    public async Task APoolWithoutTheModelIsTold()
    {
        await using var app = await ServingApp.StartAsync<Question, Price>(_ => { }, waits: false);
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/health/ready")).Body.Contains("no default model", StringComparison.Ordinal));
        Assert.Equal(503, (await app.GetAsync("/health/ready")).Status);
    }

    public void Dispose() => folder.Dispose();

    private Task<ServingApp> StartAsync(bool waits = true) =>
        ServingApp.StartAsync<Question, Price>(pool => pool.FromFile(file.Path, watchForChanges: true), waits: waits);
}
