using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MLNet.Transformers.Serving.Models;

namespace MLNet.Transformers.Serving.Endpoints;

/// <summary>Answers a request with what is found in the model itself for its row, such as what it looked at.</summary>
internal sealed class InspectionEndpoint<TInput, TOutput>(
    ModelKeeper<TInput, TOutput> models,
    InspectionThread thread,
    IOptionsMonitor<BatchedPredictionOptions> monitor,
    ILogger<InspectionEndpoint<TInput, TOutput>> logger)
    where TInput : class, new()
    where TOutput : class, new()
{
    private readonly BatchedPredictionOptions options = monitor.Get(OptionsName.Of<TInput, TOutput>());

    public async Task<IResult> AnswerAsync(HttpContext context, Func<ITransformer, TInput, IResult> inspect)
    {
        var (_, result) = await Answering.AnswerAsync(context, logger, async () =>
            (StatusCodes.Status200OK, await InspectAsync(context.Request, inspect, context.RequestAborted).ConfigureAwait(false))).ConfigureAwait(false);
        return result;
    }

    private async Task<IResult> InspectAsync(HttpRequest request, Func<ITransformer, TInput, IResult> inspect, CancellationToken aborted)
    {
        var model = models.Current ?? throw new RefusedRequestException(Problems.NoModel(), Answering.ShortestRetry);
        var read = await RequestRows<TInput>.ReadAsync(request, model.Input, options, aborted).ConfigureAwait(false);
        var row = read.IsArray ? throw new RefusedRequestException(Problems.Malformed("This is for one row, an object, and not for an array.")) : read.Rows[0];
        var inspection = thread.TryRun(() => Inspect(model, row, inspect), aborted)
            ?? throw new RefusedRequestException(Problems.Busy(), Answering.ShortestRetry);
        try
        {
            return await inspection.ConfigureAwait(false);
        }
        catch (Exception exception) when (Problems.IsOfRow(exception))
        {
            throw new RefusedRequestException(Problems.OfRow(exception));
        }
    }

    private IResult Inspect(ServedModel<TInput, TOutput> model, TInput row, Func<ITransformer, TInput, IResult> inspect)
    {
        try
        {
            return inspect(model.Transformer, row);
        }
        catch (ObjectDisposedException) when (models.Successor(model) is { } successor)
        {
            // Later versions of the pool dispose of a replaced model at once.
            return inspect(successor.Transformer, row);
        }
    }
}
