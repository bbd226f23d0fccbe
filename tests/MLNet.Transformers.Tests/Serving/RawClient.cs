using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>A connection that sends what no HTTP client would.</summary>
internal sealed class RawClient(TcpClient connection) : IDisposable
{
    private readonly NetworkStream stream = connection.GetStream();

    public static async Task<RawClient> ConnectAsync(Uri address)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        return new RawClient(connection);
    }

    /// <summary>The head of a posted request; what comes after its length or encoding is to follow.</summary>
    public static string Head(string lengthOrEncoding) => $"POST /predict HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{lengthOrEncoding}\r\n\r\n";

    public Task SendAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>The next answer.</summary>
    public async Task<(int Status, string Head, string Body)> ReadAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)await ByteAsync(limit.Token));
        }
        var lines = head.ToString();
        var length = lines.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) is { } line
            ? int.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture) : 0;
        var body = lines.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) ? await ChunksAsync(limit.Token) : await BytesAsync(length, limit.Token);
        return (int.Parse(lines.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture), lines, body);
    }

    /// <summary>Hangs up at once, whatever is still on the way.</summary>
    public void Reset()
    {
        connection.Client.LingerState = new LingerOption(true, 0);
        connection.Close();
    }

    public void Dispose() => connection.Dispose();

    private async Task<string> ChunksAsync(CancellationToken cancellation)
    {
        var body = new StringBuilder();
        while (true)
        {
            var size = new StringBuilder();
            while (!size.ToString().EndsWith("\r\n", StringComparison.Ordinal))
            {
                size.Append((char)await ByteAsync(cancellation));
            }
            var length = int.Parse(size.ToString().TrimEnd(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Append(await BytesAsync(length, cancellation));
            await BytesAsync(2, cancellation);
            if (length == 0)
            {
                return body.ToString();
            }
        }
    }

    private async Task<byte> ByteAsync(CancellationToken cancellation)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, cancellation);
        return one[0];
    }

    private async Task<string> BytesAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellation);
        return Encoding.UTF8.GetString(bytes);
    }
}
