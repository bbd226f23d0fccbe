using Microsoft.AspNetCore.Mvc;

namespace MLNet.Transformers.Serving.Endpoints;

/// <summary>A request that gets a problem for an answer.</summary>
/// <param name="problem">The problem, with its status.</param>
/// <param name="retryAfter">When to try again, if that may help.</param>
internal sealed class RefusedRequestException(ProblemDetails problem, TimeSpan? retryAfter = null) : Exception(problem.Detail)
{
    public ProblemDetails Problem => problem;

    public TimeSpan? RetryAfter => retryAfter;
}
