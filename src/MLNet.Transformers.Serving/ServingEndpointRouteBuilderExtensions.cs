using System.Diagnostics.Metrics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MLNet.Transformers.Serving.Endpoints;
using MLNet.Transformers.Serving.Metrics;

namespace MLNet.Transformers.Serving;

/// <summary>Maps predictions, health and metrics to addresses.</summary>
public static class ServingEndpointRouteBuilderExtensions
{
    /// <summary>The meter of the library whose models are served more often than any other's.</summary>
    private const string TransformersMeter = "MLNet.Transformers";

    /// <summary>
    /// Answers posted JSON with predictions: a row as an object of columns, or an array of rows, by their ML.NET names. The answer
    /// has the columns that <typeparamref name="TOutput"/> adds, in the same shape.
    /// </summary>
    /// <remarks>
    /// A vector whose slots have names, such as a classifier's <c>Score</c>, is an object of them. A request that cannot be
    /// answered gets a problem after <see href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</see>: 400 for what is wrong with
    /// its rows, 413, 415, 422 for a row that the model refuses, 429 with Retry-After when the queue is full, 503 while there is
    /// no model. In an array such a row has a <c>problem</c> in its place, and the status is 207.
    /// </remarks>
    /// <exception cref="InvalidOperationException">AddBatchedPrediction was not called for these types.</exception>
    public static RouteHandlerBuilder MapPrediction<TInput, TOutput>(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
        where TInput : class, new()
        where TOutput : class, new()
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var endpoint = endpoints.ServiceProvider.GetRequiredService<PredictionEndpoint<TInput, TOutput>>();
        // Routing by itself would refuse what the endpoint does not accept without a word.
        endpoints.MapPost(pattern, (Delegate)endpoint.Refuse).ExcludeFromDescription();
        return endpoints.MapPost(pattern, (Delegate)endpoint.AnswerAsync)
            .WithSummary("Predicts for one row, or for an array of rows.")
            .Accepts<TInput>("application/json")
            .Produces<TOutput>()
            .Produces<TOutput[]>(StatusCodes.Status207MultiStatus)
            .ProducesRowProblems();
    }

    /// <summary>
    /// Answers a posted row, read as <see cref="MapPrediction{TInput, TOutput}"/> reads it and within the same limits, with what
    /// <paramref name="inspect"/> finds in the model that is served, such as what it looked at.
    /// </summary>
    /// <remarks>Rows are inspected one after the other, beside the predictions; where many wait already, a request is refused with status 429.</remarks>
    /// <param name="endpoints">Where to map it.</param>
    /// <param name="pattern">The address.</param>
    /// <param name="inspect">Given the model and the row, the response. The model stays the pool's: it is not to be disposed of.</param>
    /// <exception cref="InvalidOperationException">AddBatchedPrediction was not called for these types.</exception>
    public static RouteHandlerBuilder MapInspection<TInput, TOutput>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Func<ITransformer, TInput, IResult> inspect)
        where TInput : class, new()
        where TOutput : class, new()
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(inspect);
        var endpoint = endpoints.ServiceProvider.GetRequiredService<InspectionEndpoint<TInput, TOutput>>();
        endpoints.MapPost(pattern, (Delegate)Answering.NotJson).ExcludeFromDescription();
        return endpoints.MapPost(pattern, (Delegate)((HttpContext context) => endpoint.AnswerAsync(context, inspect)))
            .WithSummary("Tells for one row what is found in the model.")
            .Accepts<TInput>("application/json")
            .ProducesRowProblems();
    }

    /// <summary>
    /// Maps <c>/live</c>, which answers as long as the process does, and <c>/ready</c>, which answers with 503 until a model is
    /// served and from the shutdown on. A model that could not be loaded while an older one is served shows as "Degraded", with 200.
    /// </summary>
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "/health")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapHealthChecks(prefix + "/live", Checks(_ => false));
        endpoints.MapHealthChecks(prefix + "/ready", Checks(check => check.Tags.Contains(ServingServiceCollectionExtensions.ReadyTag)));
        return endpoints;

        static HealthCheckOptions Checks(Func<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckRegistration, bool> predicate) =>
            new() { Predicate = predicate, ResponseWriter = HealthResponse.WriteAsync };
    }

    /// <summary>
    /// Maps what the meters of this library and <paramref name="meters"/> tell, "MLNet.Transformers" (tokens and images that models
    /// have seen) among them, in
    /// <see href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">Prometheus' text format</see>.
    /// </summary>
    /// <param name="endpoints">Where to map it.</param>
    /// <param name="pattern">The address.</param>
    /// <param name="meters">Further meters, such as "System.Runtime" or "Microsoft.AspNetCore.Hosting".</param>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/metrics", params string[] meters)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        // It listens from now on, not from the first scrape on.
        var collector = new MetricCollector(services.GetRequiredService<IMeterFactory>(), [ServingMetrics.MeterName, TransformersMeter, .. meters]);
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(collector.Dispose);
        return endpoints.MapGet(pattern, () => Results.Text(collector.Scrape(), PrometheusText.ContentType)).ExcludeFromDescription();
    }

    /// <summary>The problems of whatever reads rows of requests and answers them by the model.</summary>
    private static RouteHandlerBuilder ProducesRowProblems(this RouteHandlerBuilder endpoint) => endpoint
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
