using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MLNet.Transformers.Serving.Rows;

namespace MLNet.Transformers.Serving.Endpoints;

/// <summary>The rows of a request: one as an object, or any number in an array.</summary>
internal sealed record RequestRows<TInput>(IReadOnlyList<TInput> Rows, bool IsArray)
    where TInput : class, new()
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <exception cref="RefusedRequestException">The request is not JSON, is too large, or has rows that the model cannot take.</exception>
    public static async Task<RequestRows<TInput>> ReadAsync(HttpRequest request, RowReader<TInput> reader, BatchedPredictionOptions limits, CancellationToken aborted)
    {
        RequestBody.Check(request);
        var body = await RequestBody.ReadAsync(request, limits.MaxRequestBytes, aborted).ConfigureAwait(false)
            ?? throw new RefusedRequestException(Problems.TooLarge(limits.MaxRequestBytes));
        return Parse(body, reader, limits);
    }

    private static RequestRows<TInput> Parse(byte[] body, RowReader<TInput> reader, BatchedPredictionOptions limits)
    {
        try
        {
            using var json = JsonDocument.Parse(body, Strict);
            return Parse(json.RootElement, reader, limits);
        }
        catch (JsonException exception)
        {
            throw new RefusedRequestException(Problems.Malformed($"The body is not JSON: {exception.Message}"));
        }
        catch (InvalidOperationException)
        {
            // What JSON leaves open: a name may be text that is none.
            throw new RefusedRequestException(Problems.Malformed("The name of a property is not valid Unicode."));
        }
    }

    private static RequestRows<TInput> Parse(JsonElement json, RowReader<TInput> reader, BatchedPredictionOptions limits)
    {
        var errors = new RowErrors();
        var rows = new List<TInput>();
        var isArray = json.ValueKind == JsonValueKind.Array;
        if (!isArray)
        {
            rows.Add(reader.Read(json, "", limits, errors));
        }
        else if (json.GetArrayLength() > limits.MaxRequestRows)
        {
            throw new RefusedRequestException(Problems.TooManyRows(json.GetArrayLength(), limits.MaxRequestRows));
        }
        else
        {
            foreach (var item in json.EnumerateArray())
            {
                rows.Add(reader.Read(item, $"[{rows.Count}]", limits, errors));
                if (errors.AreMany)
                {
                    break;
                }
            }
        }
        return errors.Any ? throw new RefusedRequestException(Problems.Invalid(errors)) : new RequestRows<TInput>(rows, isArray);
    }
}
