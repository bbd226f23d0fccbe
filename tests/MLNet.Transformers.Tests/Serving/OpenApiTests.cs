using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ML;
using MLNet.Transformers.Serving;

namespace MLNet.Transformers.Tests.Serving;

public sealed class OpenApiTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task TheDocumentHasTheColumnsAndTheProblems()
    {
        var file = new PriceFile(folder.File("Model.mlnet"));
        file.Save(3);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenApi();
        builder.Services.AddPredictionEnginePool<Question, Price>().FromFile(file.Path);
        builder.Services.AddBatchedPrediction<Question, Price>();
        await using var app = builder.Build();
        app.MapOpenApi();
        app.MapPrediction<Question, Price>("/predict");
        app.MapHealth();
        app.MapMetrics();
        await app.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var reply = await Reply.OfAsync(await client.GetAsync(new Uri(new Uri(app.Urls.Single()), "/openapi/v1.json")));
        Assert.Equal(200, reply.Status);
        Assert.Equal(["/predict"], reply.Json.GetProperty("paths").EnumerateObject().Select(path => path.Name));
        var post = reply.Json.GetProperty("paths").GetProperty("/predict").GetProperty("post");
        Assert.Equal("#/components/schemas/Question", post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString());
        Assert.Equal(["200", "207", "400", "413", "415", "422", "429", "503"], post.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order());
        var schemas = reply.Json.GetProperty("components").GetProperty("schemas");
        Assert.Contains("text", schemas.GetProperty("Question").GetProperty("properties").EnumerateObject().Select(property => property.Name));
        Assert.Equal(["price"], schemas.GetProperty("Price").GetProperty("properties").EnumerateObject().Select(property => property.Name));
    }

    public void Dispose() => folder.Dispose();
}
