using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MLNet.Transformers.Serving.Batching;
using MLNet.Transformers.Serving.Metrics;
using MLNet.Transformers.Serving.Models;

namespace MLNet.Transformers.Serving.Endpoints;

/// <summary>Answers a request for predictions: reads its rows, queues them, waits for the model, writes what it said.</summary>
internal sealed partial class PredictionEndpoint<TInput, TOutput>(
    ModelKeeper<TInput, TOutput> models,
    BatchRunner<TInput, TOutput> runner,
    IOptionsMonitor<BatchedPredictionOptions> monitor,
    ServingMetrics metrics,
    ILogger<PredictionEndpoint<TInput, TOutput>> logger)
    where TInput : class, new()
    where TOutput : class, new()
{
    private readonly BatchedPredictionOptions options = monitor.Get(OptionsName.Of<TInput, TOutput>());

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        var (status, result) = await Answering.AnswerAsync(context, logger, async () =>
        {
            var response = await PredictAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            return (response.StatusCode!.Value, response);
        }).ConfigureAwait(false);
        metrics.Request(options.ModelName, status, Stopwatch.GetElapsedTime(start));
        if (runner.IsStopping && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }
        return result;
    }

    /// <summary>The answer to what is said to be no JSON.</summary>
    public IResult Refuse(HttpContext context)
    {
        metrics.Request(options.ModelName, StatusCodes.Status415UnsupportedMediaType, TimeSpan.Zero);
        return Answering.NotJson(context);
    }

    private async Task<PredictionResponse<TInput, TOutput>> PredictAsync(HttpRequest request, CancellationToken aborted)
    {
        var model = models.Current ?? throw new RefusedRequestException(Problems.NoModel(), Answering.ShortestRetry);
        var read = await RequestRows<TInput>.ReadAsync(request, model.Input, options, aborted).ConfigureAwait(false);
        var outcomes = await ScoreAsync(read.Rows, aborted).ConfigureAwait(false);
        foreach (var failure in outcomes.Select(outcome => outcome.Failure).OfType<Exception>())
        {
            // Anyone can send a bad row; that is no news for whoever runs the service.
            RowFailed(Problems.IsOfRow(failure) ? LogLevel.Debug : LogLevel.Error, failure);
        }
        return read.IsArray || outcomes[0].Failure is not { } only ? new PredictionResponse<TInput, TOutput>(outcomes, read.IsArray)
            : throw new RefusedRequestException(Problems.OfRow(only));
    }

    private async Task<RowOutcome<TInput, TOutput>[]> ScoreAsync(IReadOnlyList<TInput> inputs, CancellationToken aborted)
    {
        PendingRow<TInput, TOutput>[] rows = [.. inputs.Select(input => new PendingRow<TInput, TOutput>(input))];
        switch (runner.Add(rows))
        {
            case Admission.Full:
                throw new RefusedRequestException(Problems.Busy(), runner.Backlog > Answering.ShortestRetry ? runner.Backlog : Answering.ShortestRetry);
            case Admission.Closed:
                throw new RefusedRequestException(Problems.ShuttingDown(), Answering.ShortestRetry);
        }
        using var abandonment = aborted.UnsafeRegister((_, token) => runner.Abandon(rows, token), null);
        return await Task.WhenAll(rows.Select(row => row.Outcome)).ConfigureAwait(false);
    }

    [LoggerMessage(EventId = 2, Message = "The model failed on a row")]
    private partial void RowFailed(LogLevel level, Exception exception);
}
