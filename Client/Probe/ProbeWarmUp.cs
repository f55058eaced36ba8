using System.Net;
using System.Net.Sockets;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Probe;

/// <summary>
/// Probes a listener of this program, so that the first probe of a server does not measure what a program loads and starts for
/// its first connection.
/// </summary>
internal static class ProbeWarmUp
{
    private const int MaxRequestLength = 256;

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(250);

    private static readonly ClientOptions Options = ClientOptions.Default with
    {
        ConnectTimeout = Timeout,
        ReplyTimeout = Timeout,
    };

    /// <summary>Runs it. Where it fails, the first probe of the server takes longer.</summary>
    internal static async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var answering = AnswerAsync(listener, cancellationToken);
            var endPoint = ServerEndPoint.From($"{listener.LocalEndpoint}");
            if (endPoint.IsRight)
            {
                _ = await ServerProbe.RunAsync((ServerEndPoint)endPoint, Options, cancellationToken);
            }

            listener.Stop();
            await answering;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            // There is no IPv4, no loopback interface, or no descriptor left, which the next probe reports.
        }
    }

    /// <summary>Sends a greeting, and what it receives: the reply to ECHO is the request.</summary>
    private static async Task AnswerAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        using var client = await listener.AcceptTcpClientAsync(cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Greeting(), cancellationToken);
        var request = new byte[MaxRequestLength];
        var length = await stream.ReadAsync(request, cancellationToken);
        await stream.WriteAsync(request.AsMemory(0, length), cancellationToken);
    }

    private static byte[] Greeting()
    {
        var text = LineText.From("warm-up").Match(Some: Reply.Welcome, None: static () => Reply.Bye);
        return [.. System.Text.Encoding.UTF8.GetBytes(Protocol.Render(text)), Grammar.Lf];
    }
}
