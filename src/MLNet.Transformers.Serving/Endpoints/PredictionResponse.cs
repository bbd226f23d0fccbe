using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MLNet.Transformers.Serving.Batching;

namespace MLNet.Transformers.Serving.Endpoints;

/// <summary>The answers to the rows of a request, in their order: an object for one row, an array for an array.</summary>
internal sealed class PredictionResponse<TInput, TOutput>(RowOutcome<TInput, TOutput>[] outcomes, bool isArray) : IResult, IStatusCodeHttpResult
    where TInput : class, new()
    where TOutput : class, new()
{
    /// <summary>The version of the model that has answered.</summary>
    public const string VersionHeader = "Model-Version";

    /// <summary>200, or 207 where rows of an array have problems of their own.</summary>
    public int? StatusCode { get; } = Array.Exists(outcomes, outcome => outcome.Failure is not null) ? StatusCodes.Status207MultiStatus : StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            Write(json);
        }
        var response = httpContext.Response;
        response.StatusCode = StatusCode!.Value;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.WrittenCount;
        if (outcomes.Length > 0)
        {
            response.Headers[VersionHeader] = outcomes.Max(outcome => outcome.Model.Version).ToString(CultureInfo.InvariantCulture);
        }
        return response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted).AsTask();
    }

    private void Write(Utf8JsonWriter json)
    {
        if (isArray)
        {
            json.WriteStartArray();
        }
        foreach (var (model, output, failure) in outcomes)
        {
            if (failure is null)
            {
                model.Answer.Write(json, output!);
            }
            else
            {
                var problem = Problems.OfRow(failure);
                json.WriteStartObject();
                json.WriteStartObject("problem");
                json.WriteString("title", problem.Title);
                json.WriteNumber("status", problem.Status!.Value);
                json.WriteString("detail", problem.Detail);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        }
        if (isArray)
        {
            json.WriteEndArray();
        }
    }
}
