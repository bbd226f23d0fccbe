using Microsoft.Extensions.Options;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>Requests that meet in a batch, in the queue, and at the end.</summary>
public sealed class BatchedRequestTests : IDisposable
{
    private readonly ScriptedModel model = new();

    [Fact]
    public async Task WhatWaitsIsScoredTogether()
    {
        await using var app = await ServingApp.StartAsync(model, options => options.MaxBatchRows = 8);
        model.Hold();
        var first = app.PredictAsync("a");
        await EventuallyQueuedAsync(app, 0, () => first);
        var others = Enumerable.Range(1, 10).Select(length => app.PredictAsync(new string('x', length))).ToArray();
        await app.QueuedAsync(10);
        model.Release();
        var replies = await Task.WhenAll(others);
        Assert.Equal(Enumerable.Range(1, 10).Select(length => $$"""{"length":{{length}}}"""), replies.Select(reply => reply.Body));
        Assert.Equal(200, (await first).Status);
        Assert.Equal(3, await app.MetricAsync("prediction_batch_rows_count{model=\"default\"}"));
        Assert.Equal(11, await app.MetricAsync("prediction_batch_rows_sum{model=\"default\"}"));
        Assert.Equal(2, await app.MetricAsync("prediction_batch_rows_bucket{model=\"default\",le=\"2\"}"));
        Assert.Equal(11, await app.MetricAsync("prediction_rows_total{model=\"default\",outcome=\"scored\"}"));
        Assert.Equal(11, await app.MetricAsync("prediction_requests_total{model=\"default\",status=\"200\"}"));
        Assert.Equal(11, await app.MetricAsync("prediction_request_duration_seconds_count{model=\"default\"}"));
        Assert.Equal(0, await app.MetricAsync("prediction_queue_rows{model=\"default\"}"));
        Assert.Equal(1, await app.MetricAsync("prediction_model_version{model=\"default\"}"));
    }

    [Fact]
    public async Task AFailingRowLeavesItsNeighboursTheirAnswers()
    {
        await using var app = await ServingApp.StartAsync(model);
        model.Hold();
        var first = app.PredictAsync("a");
        await EventuallyQueuedAsync(app, 0, () => first);
        string[] texts = ["b", "poison", "cc", "poison", "ddd"];
        var others = texts.Select(text => app.PredictAsync(text)).ToArray();
        await app.QueuedAsync(5);
        model.Release();
        Assert.Equal([200, 422, 200, 422, 200], (await Task.WhenAll(others)).Select(reply => reply.Status));

        var many = await app.SendAsync("""[{"text": "b"}, {"text": "poison"}, {"text": "cc"}]""");
        Assert.Equal((207, 1, 2), (many.Status, many.Json[0].GetProperty("length").GetInt32(), many.Json[2].GetProperty("length").GetInt32()));
        Assert.Equal((422, "This text is poison."), (many.Json[1].GetProperty("problem").GetProperty("status").GetInt32(), many.Json[1].GetProperty("problem").GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task AFaultOfTheModelIsNotTheRowsAndTellsNothing()
    {
        model.Poison = () => new IOException("a secret path");
        await using var app = await ServingApp.StartAsync(model);
        var reply = await app.PredictAsync("poison");
        Assert.Equal(500, reply.Status);
        Assert.DoesNotContain("secret", reply.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await app.PredictAsync("a")).Status);
    }

    [Fact]
    public async Task AFullQueueRefusesAndSaysWhenToComeBack()
    {
        await using var app = await ServingApp.StartAsync(model, options => (options.QueueCapacity, options.MaxRequestRows) = (3, 3));
        model.Hold();
        var first = app.PredictAsync("a");
        await EventuallyQueuedAsync(app, 0, () => first);
        var waiting = new[] { app.PredictAsync("b"), app.PredictAsync("c") };
        await app.QueuedAsync(2);
        var refused = await app.SendAsync("""[{"text": "d"}, {"text": "e"}]""");
        Assert.Equal((429, "application/problem+json"), (refused.Status, refused.Type));
        Assert.True(refused.RetryAfter >= TimeSpan.FromSeconds(1));
        var last = app.PredictAsync("f");
        await app.QueuedAsync(3);
        Assert.Equal(429, (await app.PredictAsync("g")).Status);
        model.Release();
        Assert.All(await Task.WhenAll([first, .. waiting, last]), reply => Assert.Equal(200, reply.Status));
        Assert.Equal(200, (await app.PredictAsync("h")).Status);
    }

    [Fact]
    public async Task AbortedRequestsAreNotScoredAndLeaveNothing()
    {
        await using var app = await ServingApp.StartAsync(model);
        model.Hold();
        var scored = model.Scored;
        var first = app.PredictAsync("a");
        await EventuallyQueuedAsync(app, 0, () => first);
        using var cancellation = new CancellationTokenSource();
        var aborted = Enumerable.Range(0, 20).Select(_ => app.PredictAsync("b", cancellation.Token)).ToArray();
        await app.QueuedAsync(20);
        await cancellation.CancelAsync();
        foreach (var request in aborted)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        }
        await ServingApp.EventuallyAsync(async () => await app.MetricAsync("prediction_requests_total{model=\"default\",status=\"499\"}") == 20);
        model.Release();
        Assert.Equal(200, (await first).Status);
        Assert.Equal(200, (await app.PredictAsync("c")).Status);
        Assert.Equal(scored + 2, model.Scored);
        Assert.Equal(0, await app.MetricAsync("prediction_queue_rows{model=\"default\"}"));
    }

    [Fact]
    public async Task AShutdownFinishesWhatWasAccepted()
    {
        await using var app = await ServingApp.StartAsync(model);
        model.Hold();
        var first = app.PredictAsync("a");
        await EventuallyQueuedAsync(app, 0, () => first);
        var waiting = Enumerable.Range(0, 5).Select(_ => app.PredictAsync("bb")).ToArray();
        await app.QueuedAsync(5);
        using var known = await RawClient.ConnectAsync(app.Address);
        var stop = app.App.StopAsync();
        // The server is there to say that it goes.
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/health/ready")).Status == 503);
        Assert.Equal(200, (await app.GetAsync("/health/live")).Status);
        await known.SendAsync(RawClient.Head("Content-Length: 13") + "{\"text\": \"a\"}");
        var (status, head, _) = await known.ReadAsync();
        Assert.Equal(503, status);
        Assert.Contains("Connection: close", head, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 1", head, StringComparison.Ordinal);
        Assert.False(stop.IsCompleted);
        model.Release();
        Assert.All(await Task.WhenAll([first, .. waiting]), reply => Assert.Equal(200, reply.Status));
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task RequestsAreAcceptedUntilTheDelayIsOver()
    {
        await using var app = await ServingApp.StartAsync(model, options => options.ShutdownDelay = TimeSpan.FromSeconds(1));
        using var known = await RawClient.ConnectAsync(app.Address);
        var stop = app.App.StopAsync();
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/health/ready")).Status == 503);
        await known.SendAsync(RawClient.Head("Content-Length: 13") + "{\"text\": \"a\"}");
        var (status, head, _) = await known.ReadAsync();
        Assert.Equal(200, status);
        Assert.Contains("Connection: close", head, StringComparison.Ordinal);
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task OptionsAreCheckedAtTheStart()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => ServingApp.StartAsync(model, options => options.MaxBatchRows = 0));
        await Assert.ThrowsAsync<OptionsValidationException>(() => ServingApp.StartAsync(model, options => options.QueueCapacity = 100));
    }

    public void Dispose() => model.Dispose();

    /// <summary>Waits until the model has taken the request and so many rows wait.</summary>
    private static async Task EventuallyQueuedAsync(ServingApp app, int rows, Func<Task<Reply>> request)
    {
        await ServingApp.EventuallyAsync(async () => (await app.GetAsync("/metrics")).Body.Contains("prediction_queue_rows", StringComparison.Ordinal));
        await app.QueuedAsync(rows);
        Assert.False(request().IsCompleted);
    }
}
