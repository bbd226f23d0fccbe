using Microsoft.Extensions.ML;
using Microsoft.ML;
using MLNet.Transformers.Serving;
using SectionsApp;
using Input = SectionsApp.Sections.ModelInput;
using Output = SectionsApp.Sections.ModelOutput;

// dotnet run              serves the model
// dotnet run -- train     trains it anew; a service that runs here takes the new one over, and no request fails
if (args is ["train"])
{
    Sections.Train("Sections.mlnet");
    return;
}

var builder = WebApplication.CreateBuilder(args);
var mlContext = new MLContext { FallbackToCpu = true };
builder.Services.Configure<MLOptions>(options => options.MLContext = mlContext);
builder.Services.AddPredictionEnginePool<Input, Output>().FromFile("Sections.mlnet", watchForChanges: true, TimeSpan.FromSeconds(1));
builder.Services.AddBatchedPrediction<Input, Output>(builder.Configuration.GetSection("Prediction").Bind);
builder.Services.AddOpenApi();
builder.Services.AddProblemDetails();

// Who sends too slowly is told so, and holds nobody up; who is being answered when the service stops still gets the answer.
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.MaxConcurrentConnections = 1000;
    kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(5));
});
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseFileServer();
app.MapPrediction<Input, Output>("/predict");
app.MapInspection<Input, Output>("/attention", (model, row) => Results.Content(Sections.LookInto(mlContext, model, row).ToHtml(), "text/html"));
app.MapOpenApi();
app.MapHealth();
app.MapMetrics("/metrics", "Microsoft.AspNetCore.Hosting", "System.Runtime");
app.Run();
