using System.Net.Sockets;
using System.Text;

namespace MLNet.Transformers.Tests.Tool.WebApi;

/// <summary>Requests that no well-behaved client sends.</summary>
internal static class RawRequest
{
    private const string Head = "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n";

    /// <summary>Sends a byte now and then until the service answers; what it says.</summary>
    public static async Task<string> SendSlowlyAsync(Uri address)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head));
        var answer = new StreamReader(stream).ReadToEndAsync();
        try
        {
            while (!answer.IsCompleted)
            {
                await stream.WriteAsync("{"u8.ToArray());
                await Task.WhenAny(answer, Task.Delay(200));
            }
        }
        catch (IOException)
        {
            // The service has hung up: what it said before is in the answer.
        }
        return await answer;
    }

    /// <summary>Sends half of a request and hangs up.</summary>
    public static async Task AbortAsync(Uri address)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head + "{\"2nd"));
        socket.LingerState = new(enable: true, seconds: 0);
    }
}
