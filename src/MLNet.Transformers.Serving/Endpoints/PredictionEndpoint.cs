using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
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
    /// <summary>The status, in metrics alone, of a request that nobody waits for any more.</summary>
    private const int Aborted = 499;

    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);

    private readonly BatchedPredictionOptions options = monitor.Get(OptionsName.Of<TInput, TOutput>());

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        var (status, result) = await RespondAsync(context).ConfigureAwait(false);
        metrics.Request(options.ModelName, status, Stopwatch.GetElapsedTime(start));
        return result;
    }

    private async Task<(int Status, IResult Result)> RespondAsync(HttpContext context)
    {
        try
        {
            var response = await PredictAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
            return (response.StatusCode!.Value, response);
        }
        catch (RefusedRequestException refusal)
        {
            if (refusal.RetryAfter is { } wait)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }
            return Problem(refusal.Problem);
        }
        catch (BadHttpRequestException exception)
        {
            return Problem(Problems.BadHttp(exception));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            return (Aborted, Results.Empty);
        }
        catch (Exception exception)
        {
            Failed(exception);
            return Problem(Problems.Failed());
        }
    }

    private async Task<PredictionResponse<TInput, TOutput>> PredictAsync(HttpRequest request, CancellationToken aborted)
    {
        if (!request.HasJsonContentType())
        {
            throw new RefusedRequestException(Problems.NotJson(request.ContentType));
        }
        var model = models.Current ?? throw new RefusedRequestException(Problems.NoModel(), ShortestRetry);
        var body = await RequestBody.ReadAsync(request, options.MaxRequestBytes, aborted).ConfigureAwait(false)
            ?? throw new RefusedRequestException(Problems.TooLarge(options.MaxRequestBytes));
        var read = RequestRows<TInput>.Parse(body, model.Input, options);
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
                throw new RefusedRequestException(Problems.Busy(), runner.Backlog > ShortestRetry ? runner.Backlog : ShortestRetry);
            case Admission.Closed:
                throw new RefusedRequestException(Problems.ShuttingDown(), ShortestRetry);
        }
        using var abandonment = aborted.UnsafeRegister(static (all, token) => Array.ForEach((PendingRow<TInput, TOutput>[])all!, row => row.Abandon(token)), rows);
        return await Task.WhenAll(rows.Select(row => row.Outcome)).ConfigureAwait(false);
    }

    private static (int Status, IResult Result) Problem(ProblemDetails problem) => (problem.Status!.Value, TypedResults.Problem(problem));

    [LoggerMessage(1, LogLevel.Error, "A request for a prediction failed")]
    private partial void Failed(Exception exception);

    [LoggerMessage(EventId = 2, Message = "The model failed on a row")]
    private partial void RowFailed(LogLevel level, Exception exception);
}
