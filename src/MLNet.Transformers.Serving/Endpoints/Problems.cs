using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MLNet.Transformers.Serving.Rows;

namespace MLNet.Transformers.Serving.Endpoints;

/// <summary>What can be wrong with a request, as <see href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</see> tells it.</summary>
internal static class Problems
{
    public static ProblemDetails Malformed(string detail) =>
        Of(StatusCodes.Status400BadRequest, "Malformed request", detail);

    public static ProblemDetails Invalid(RowErrors errors) => new HttpValidationProblemDetails(errors.ByPath)
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "Rows that the model cannot take",
        Detail = "See the errors, each under the path of its value.",
    };

    public static ProblemDetails TooManyRows(int rows, int most) =>
        Of(StatusCodes.Status413PayloadTooLarge, "Too many rows", $"The request has {rows} rows, and {most} are the most.");

    public static ProblemDetails TooLarge(int most) =>
        Of(StatusCodes.Status413PayloadTooLarge, "Request too large", $"The body has more than {most} bytes.");

    public static ProblemDetails NotJson(string? contentType) =>
        Of(StatusCodes.Status415UnsupportedMediaType, "Not JSON", $"The content type must be application/json, in UTF-8, and is {contentType ?? "not given"}.");

    public static ProblemDetails Encoded(string encoding) =>
        Of(StatusCodes.Status415UnsupportedMediaType, "Encoded body", $"The body must be as it is, and its content encoding is {encoding}.");

    public static ProblemDetails Busy() =>
        Of(StatusCodes.Status429TooManyRequests, "Too many requests", "The queue of rows is full.");

    public static ProblemDetails NoModel() =>
        Of(StatusCodes.Status503ServiceUnavailable, "No model", "The model is not loaded yet.");

    public static ProblemDetails ShuttingDown() =>
        Of(StatusCodes.Status503ServiceUnavailable, "Shutting down", "The service takes no more requests.");

    /// <summary>What the server itself found: a body that ends too early, or comes too slowly.</summary>
    public static ProblemDetails BadHttp(BadHttpRequestException exception) => Of(exception.StatusCode, "Bad request", exception.Message);

    /// <summary>Whether a model failed by the fault of the row: with an exception that ML.NET has for bad values.</summary>
    public static bool IsOfRow(Exception failure) => failure is ArgumentException or FormatException or InvalidDataException or (InvalidOperationException and not ObjectDisposedException);

    /// <summary>What a row has made of the model: by its own fault, or else the service's.</summary>
    public static ProblemDetails OfRow(Exception failure) =>
        IsOfRow(failure) ? Of(StatusCodes.Status422UnprocessableEntity, "Row that the model refuses", failure.Message) : Failed();

    public static ProblemDetails Failed() =>
        Of(StatusCodes.Status500InternalServerError, "Prediction failed", "The model failed; the log of the service has more.");

    private static ProblemDetails Of(int status, string title, string detail) => new() { Status = status, Title = title, Detail = detail };
}
