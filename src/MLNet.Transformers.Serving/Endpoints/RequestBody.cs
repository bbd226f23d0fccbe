using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MLNet.Transformers.Serving.Endpoints;

/// <summary>Reads a body that is JSON and not larger than allowed.</summary>
internal static class RequestBody
{
    /// <exception cref="RefusedRequestException">The body is said to be something else than JSON in UTF-8, or compressed.</exception>
    public static void Check(HttpRequest request)
    {
        if (!request.HasJsonContentType() || !IsUtf8(request.GetTypedHeaders().ContentType!))
        {
            throw new RefusedRequestException(Problems.NotJson(request.ContentType));
        }
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding and not "identity")
        {
            throw new RefusedRequestException(Problems.Encoded(encoding));
        }
    }

    /// <summary>The bytes, or null where there are more than <paramref name="most"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int most, CancellationToken cancellation)
    {
        if (request.ContentLength > most)
        {
            return null;
        }
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            if (read.Buffer.Length > most)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
