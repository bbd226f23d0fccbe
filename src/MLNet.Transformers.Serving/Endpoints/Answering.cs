using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace MLNet.Transformers.Serving.Endpoints;

/// <summary>Turns what can go wrong with a request into the problem that it gets for an answer.</summary>
internal static partial class Answering
{
    /// <summary>The status, in metrics alone, of a request that nobody waits for any more.</summary>
    private const int Aborted = 499;

    /// <summary>When to try again what may soon go well.</summary>
    public static TimeSpan ShortestRetry { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The result and its status: what <paramref name="answer"/> gives, or a problem.</summary>
    public static async Task<(int Status, IResult Result)> AnswerAsync(HttpContext context, ILogger logger, Func<Task<(int Status, IResult Result)>> answer)
    {
        try
        {
            return await answer().ConfigureAwait(false);
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
            Failed(logger, exception);
            return Problem(Problems.Failed());
        }
    }

    /// <summary>The answer to a body that is said to be no JSON.</summary>
    public static IResult NotJson(HttpContext context) => TypedResults.Problem(Problems.NotJson(context.Request.ContentType));

    private static (int Status, IResult Result) Problem(ProblemDetails problem) => (problem.Status!.Value, TypedResults.Problem(problem));

    [LoggerMessage(1, LogLevel.Error, "A request for a prediction failed")]
    private static partial void Failed(ILogger logger, Exception exception);
}
