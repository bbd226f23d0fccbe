using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tests.Serving;
using MLNet.Transformers.Tool.Projects;

namespace MLNet.Transformers.Tests.Tool.WebApi;

/// <summary>A generated web API, asked over HTTP.</summary>
[Collection(nameof(WebProject))]
public sealed partial class WebApiTests(WebProject project)
{
    /// <summary>The column that the model reads; its name is one that JSON and C# have to escape.</summary>
    private const string Text = "2nd \"text\"";

    private WebService Service => project.Service;

    [Fact]
    public async Task AnswersOneRowAndMany()
    {
        var one = await Service.PostAsync("/predict", Row("play a hunt"));
        Assert.Equal((200, "1"), (one.Status, one.Version));
        var scores = one.Json.GetProperty("Score").EnumerateObject().ToDictionary(score => score.Name, score => score.Value.GetSingle());
        Assert.Equal(["games", "science", "sound"], scores.Keys.Order());
        Assert.Equal(scores.MaxBy(score => score.Value).Key, one.Json.GetProperty("PredictedLabel").GetString());

        // The same as in this process, where the generated code has no part.
        var mlContext = new MLContext();
        var model = mlContext.Model.Load(Path.Combine(project.Folder, "Sections.mlnet"), out _);
        var rows = mlContext.Data.LoadFromEnumerable([new SectionRow { Text = "play a hunt" }]);
        Assert.All(model.Transform(rows).GetColumn<float[]>("Score").Single().Zip(scores.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        var many = await Service.PostAsync("/predict", new[] { Row("play a hunt"), Row("compute a star") });
        Assert.Equal(200, many.Status);
        Assert.Equal(2, many.Json.GetArrayLength());
        Assert.Equal(one.Json.GetProperty("PredictedLabel").GetString(), many.Json[0].GetProperty("PredictedLabel").GetString());
    }

    public static TheoryData<string, string, string, int> BadRequests => new()
    {
        { "/predict", "", "application/json", 400 },
        { "/predict", "{", "application/json", 400 },
        { "/predict", "{}", "application/json", 400 },
        { "/predict", """{"2nd \"text\"": ""}""", "application/json", 400 },
        { "/predict", """{"2nd \"text\"": 3}""", "application/json", 400 },
        { "/predict", """{"2nd \"text\"": "play", "colour": "red"}""", "application/json", 400 },
        { "/predict", """{"2nd \"text\"": "play"}""", "text/plain", 415 },
        { "/predict", new string('[', 200), "application/json", 400 },
        { "/attention", "{", "application/json", 400 },
        { "/attention", """[{"2nd \"text\"": "play"}]""", "application/json", 400 },
        { "/attention", """{"2nd \"text\"": "play"}""", "text/plain", 415 },
        { "/metrics", "{}", "application/json", 405 },
        { "/nowhere", "{}", "application/json", 404 },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task ABadRequestGetsAProblem(string path, string body, string type, int status)
    {
        var reply = await Service.PostAsync(path, body, type);
        Assert.Equal((status, "application/problem+json"), (reply.Status, reply.Type));
        Assert.Equal(status, reply.Json.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task TextsHaveLimits()
    {
        Assert.Equal(200, (await Service.PostAsync("/predict", Row(new string('a', 20_000)))).Status);
        Assert.Equal(400, (await Service.PostAsync("/predict", Row(new string('a', 20_001)))).Status);
        foreach (var path in new[] { "/predict", "/attention" })
        {
            var huge = await Service.PostAsync(path, Row(new string('a', 10_000_000)));
            Assert.Equal((413, "application/problem+json"), (huge.Status, huge.Type));
        }
        Assert.Equal(413, (await Service.PostAsync("/predict", Enumerable.Repeat(Row("a"), 129))).Status);
        Assert.Equal(405, (await Service.GetAsync("/predict")).Status);
    }

    [Fact]
    public async Task SlowClientsAreSentAwayAndAbortedRequestsHarmNobody()
    {
        for (var i = 0; i < 20; i++)
            await RawRequest.AbortAsync(Service.Address);
        Assert.Equal(200, (await Service.PostAsync("/predict", Row("hear a song"))).Status);
        Assert.StartsWith("HTTP/1.1 408 ", await project.SlowClient);
        Assert.DoesNotMatch("(?m)^(fail|crit): ", Service.Log);
    }

    [Fact]
    public async Task TellsWhatTheModelLookedAt()
    {
        var reply = await Service.PostAsync("/attention", Row("play a hunt"));
        Assert.Equal((200, "text/html"), (reply.Status, reply.Type));
        Assert.Contains("[CLS]", reply.Body, StringComparison.Ordinal);
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Service.PostAsync("/attention", Row("play a hunt"))));
        Assert.All(all, other => Assert.Equal((200, reply.Body), (other.Status, other.Body)));
    }

    [Fact]
    public async Task TellsItsHealthAndItsInterface()
    {
        Assert.Equal("Healthy", (await Service.GetAsync("/health/live")).Json.GetProperty("status").GetString());
        Assert.Equal("Healthy", (await Service.GetAsync("/health/ready")).Json.GetProperty("status").GetString());
        var document = (await Service.GetAsync("/openapi/v1.json")).Json;
        Assert.Equal(["/attention", "/predict"], document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order());
        Assert.Contains(Text, document.GetProperty("components").GetProperty("schemas").GetProperty("ModelInput").GetProperty("properties").EnumerateObject().Select(property => property.Name));
    }

    /// <summary>Every metric that the dashboard asks for is there, a failure to load a model among them.</summary>
    [Fact]
    public async Task TheDashboardFindsItsMetrics()
    {
        using var folder = new TemporaryFolder();
        await using var service = await StartElsewhereAsync(folder);
        Assert.Equal(200, (await service.PostAsync("/predict", Row("play a hunt"))).Status);
        await File.WriteAllTextAsync(folder.File("Sections.mlnet"), "This is no model.");
        await ServingApp.EventuallyAsync(async () => (await service.GetAsync("/metrics")).Body.Contains("prediction_model_failures_total", StringComparison.Ordinal));
        Assert.Equal(("Degraded", 200), ((await service.GetAsync("/health/ready")).Json.GetProperty("status").GetString(), (await service.PostAsync("/predict", Row("play a hunt"))).Status));

        var metrics = (await service.GetAsync("/metrics")).Body;
        using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(project.Folder, "grafana", "provisioning", "dashboards", "predictions.json")));
        string[] expressions = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!)];
        Assert.Equal(17, expressions.Length);
        var names = expressions.SelectMany(expression => MetricName().Matches(expression)).Select(name => name.Value).Distinct().ToArray();
        Assert.InRange(names.Length, 8, 30);
        Assert.All(names, name => Assert.Contains($"\n{name}", metrics, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FinishesWhatItAcceptedWhenItIsAskedToEnd()
    {
        using var folder = new TemporaryFolder();
        await using var service = await StartElsewhereAsync(folder);
        var rows = Enumerable.Range(0, 128).Select(row => Row(string.Join(' ', Enumerable.Repeat("hear a song of number", 40)) + row)).ToArray();
        var requests = Enumerable.Range(0, 8).Select(_ => service.PostAsync("/predict", rows)).ToArray();
        await Task.WhenAny(requests);
        service.Terminate();
        var replies = await Task.WhenAll(requests);
        Assert.All(replies, reply => Assert.Equal((200, 128), (reply.Status, reply.Json.GetArrayLength())));
        Assert.Equal(0, await service.ExitAsync());
    }

    /// <summary>The generated code of every scenario, with a model of the scenario.</summary>
    [Fact]
    public void EveryScenarioTellsWhatItsModelLooksAt()
    {
        using var folder = new TemporaryFolder();
        var program = System.Reflection.Assembly.LoadFrom(project.Program);
        foreach (var scenario in project.Projects)
        {
            var name = scenario.Job.Name;
            WebProject.Train(scenario, folder.File(name));
            var mlContext = new MLContext();
            var model = mlContext.Model.Load(folder.File(name), out _);
            var type = program.GetType($"{name}App.{name}", throwOnError: true)!;
            var input = Activator.CreateInstance(type.GetNestedType("ModelInput")!)!;
            foreach (var property in ProjectNames.Of(scenario).Inputs)
            {
                var value = scenario.Examples[0][property.ColumnName];
                var member = input.GetType().GetProperty(property.Name)!;
                member.SetValue(input, member.PropertyType == typeof(byte[]) ? File.ReadAllBytes(value) : Convert.ChangeType(value, member.PropertyType, System.Globalization.CultureInfo.InvariantCulture));
            }
            var map = (AttentionMap)type.GetMethod("LookInto")!.Invoke(null, [mlContext, model, input])!;
            Assert.True(map.Attention.Queries > 2, name);
            (model as IDisposable)?.Dispose();
        }
    }

    private static Dictionary<string, string> Row(string text) => new() { [Text] = text };

    /// <summary>Another service, whose model a test may spoil.</summary>
    private Task<WebService> StartElsewhereAsync(TemporaryFolder folder)
    {
        foreach (var name in new[] { "Sections.mlnet", "appsettings.json" })
            File.Copy(Path.Combine(project.Folder, name), folder.File(name));
        return WebService.StartAsync(project.Program, folder.Path);
    }

    [GeneratedRegex("(?:prediction|transformer|dotnet|http)_[a-z0-9_]+")]
    private static partial Regex MetricName();

    private sealed class SectionRow
    {
        [ColumnName(WebApiTests.Text)]
        public string Text { get; set; } = "";

        [ColumnName("section")]
        public string Section { get; set; } = "";
    }
}
