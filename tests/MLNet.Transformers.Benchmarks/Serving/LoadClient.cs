using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MLNet.Transformers.Benchmarks.Serving;

/// <summary>
/// A client on one connection that asks again as soon as it is answered. It shares the cores with the service, so it does no more
/// than HTTP needs: requests that lie ready, and of answers the status and the end.
/// </summary>
internal sealed class LoadClient(Uri address, byte[][] requests) : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[1 << 18];

    /// <summary>Seconds of each answer, by status, in the order of the answers.</summary>
    public List<(int Status, double Seconds)> Answers { get; } = [];

    /// <summary>A request that posts JSON.</summary>
    public static byte[] Post(string path, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    /// <summary>Asks until it is told to stop; the last request still gets its answer.</summary>
    public async Task RunAsync(int first, CancellationToken stop)
    {
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, CancellationToken.None);
        for (var next = first; !stop.IsCancellationRequested; next++)
        {
            var start = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[next % requests.Length]);
            Answers.Add((await ReadAsync(), Stopwatch.GetElapsedTime(start).TotalSeconds));
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<int> ReadAsync()
    {
        for (var read = 0; read < buffer.Length;)
        {
            var more = await socket.ReceiveAsync(buffer.AsMemory(read));
            if (more == 0)
                throw new IOException("The service hung up.");
            read += more;
            if (IsWhole(buffer.AsSpan(0, read)))
                return int.Parse(buffer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
        }
        throw new InvalidDataException("An answer is longer than expected.");
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0)
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        var digits = answer[(length + "Content-Length: ".Length)..head];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length >= head + 4 + int.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }
}
