using System.Net.Sockets;
using System.Text;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>The server's side of one connection, for scripts.</summary>
/// <param name="socket">The connection.</param>
/// <param name="closing">Cancelled at the end of the test.</param>
internal sealed class ServerConnection(Socket socket, CancellationToken closing) : IDisposable
{
    /// <summary>Sends characters as bytes (Latin-1).</summary>
    internal Task SendAsync(string latin1) => SendAsync(WireBytes.Bytes(latin1));

    internal async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            socket.NoDelay = true;
        }

        await socket.SendAsync(bytes, closing);
    }

    /// <summary>Receives a line without its LF; at the end of the stream, the rest.</summary>
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

    internal async Task<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        var bytes = new byte[4_096];
        return bytes.AsMemory(0, await socket.ReceiveAsync(bytes, closing));
    }

    /// <summary>Discards what the client sends until it closes.</summary>
    internal async Task WaitForCloseAsync()
    {
        while (!(await ReceiveAsync()).IsEmpty) { }
    }

    /// <summary>Sends FIN, and discards what the client sends until it closes.</summary>
    internal Task FinishAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        return WaitForCloseAsync();
    }

    /// <summary>Closes with a reset.</summary>
    internal void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();
}
