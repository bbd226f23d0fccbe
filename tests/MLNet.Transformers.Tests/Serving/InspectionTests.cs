using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.ML;
using Microsoft.ML;
using MLNet.Transformers.Serving;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>What is found in the model itself, for one row.</summary>
public sealed class InspectionTests : IDisposable
{
    private readonly ScriptedModel model = new();
    private readonly List<ITransformer> inspected = [];
    private readonly SemaphoreSlim gate = new(100);

    [Fact]
    public async Task ARowIsInspectedInTheModelThatIsServed()
    {
        await using var app = await StartAsync();
        Assert.Equal((200, "It is ab."), Short(await InspectAsync(app, """{"text": "ab"}""")));
        Assert.Same(model.GetModel(), inspected.Last());
        model.Replace();
        await ServingApp.EventuallyAsync(async () => (await InspectAsync(app, """{"text": "ab"}""")).Status == 200 && ReferenceEquals(inspected.Last(), model.GetModel()));
    }

    [Theory]
    [InlineData("""[{"text": "a"}]""", 400)]
    [InlineData("""{"text": 3}""", 400)]
    [InlineData("""{"txet": "a"}""", 400)]
    [InlineData("{", 400)]
    [InlineData("""{"text": "poison"}""", 422)]
    [InlineData("""{"text": "broken"}""", 500)]
    public async Task ABadRowGetsAProblem(string body, int status)
    {
        await using var app = await StartAsync();
        var reply = await InspectAsync(app, body);
        Assert.Equal((status, "application/problem+json"), (reply.Status, reply.Type));
    }

    [Fact]
    public async Task ManyAtOnceAreRefusedAndPredictionsGoOn()
    {
        await using var app = await StartAsync();
        for (var taken = gate.CurrentCount; taken > 0; taken--)
        {
            await gate.WaitAsync();
        }
        // One at work, eight that wait, and the others.
        var replies = Enumerable.Range(0, 20).Select(_ => InspectAsync(app, """{"text": "a"}""")).ToList();
        for (var refused = 0; refused < 11; refused++)
        {
            var first = await Task.WhenAny(replies);
            replies.Remove(first);
            Assert.Equal((429, TimeSpan.FromSeconds(1)), ((await first).Status, (await first).RetryAfter));
        }
        Assert.Equal(200, (await app.PredictAsync("a")).Status);
        gate.Release(100);
        Assert.All(await Task.WhenAll(replies), reply => Assert.Equal(200, reply.Status));
    }

    public void Dispose()
    {
        model.Dispose();
        gate.Dispose();
    }

    private Task<ServingApp> StartAsync() => ServingApp.StartAsync(model, map: app => app.MapInspection<Question, Length>("/inspect", (transformer, row) =>
    {
        gate.Wait();
        inspected.Add(transformer);
        return row.Text switch
        {
            "poison" => throw new ArgumentException("This text is poison."),
            "broken" => throw new NotSupportedException("This never works."),
            var text => Results.Text($"It is {text}."),
        };
    }));

    private static async Task<Reply> InspectAsync(ServingApp app, string json)
    {
        using var response = await app.Client.PostAsync("/inspect", new StringContent(json, Encoding.UTF8, "application/json"));
        return await Reply.OfAsync(response);
    }

    private static (int Status, string Body) Short(Reply reply) => (reply.Status, reply.Body);
}
