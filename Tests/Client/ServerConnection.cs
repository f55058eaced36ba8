using System.Net.Sockets;
using System.Text;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>A script's side of one connection: bytes out, lines in, and three ways to end.</summary>
/// <param name="socket">The connection.</param>
/// <param name="closing">The end of the test.</param>
internal sealed class ServerConnection(Socket socket, CancellationToken closing) : IDisposable
{
    /// <summary>Sends characters as bytes (Latin-1), at once.</summary>
    internal Task SendAsync(string latin1) => SendAsync(WireBytes.Bytes(latin1));

    internal async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            socket.NoDelay = true;
        }

        await socket.SendAsync(bytes, closing);
    }

    /// <summary>Hears one line, without its LF; what there was before the end where there is none.</summary>
    internal async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await socket.ReceiveAsync(one, closing) > 0 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString();
    }

    /// <summary>How many bytes have come that were not heard yet.</summary>
    internal int AvailableBytes() => socket.Available;

    internal async Task<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        var bytes = new byte[4_096];
        return bytes.AsMemory(0, await socket.ReceiveAsync(bytes, closing));
    }

    /// <summary>Keeps the connection open, and silent, until the client closes it.</summary>
    internal async Task WaitForCloseAsync()
    {
        while (!(await ReceiveAsync()).IsEmpty) { }
    }

    /// <summary>Keeps the connection open, and silent, until the test is over, also where the client has finished sending.</summary>
    internal Task HoldOpenAsync() => Task.Delay(Timeout.InfiniteTimeSpan, closing);

    /// <summary>Ends with a reset instead of an orderly close.</summary>
    internal void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();
}
