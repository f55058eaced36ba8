using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Clients that send requests and never read replies.</summary>
internal static class UnreadReplyTrials
{
    /// <summary>The bound in Shell/README.md: pending replies, an unfinished line, one receive, whole pages.</summary>
    private static readonly long MaxPerClient =
        Math.Max(Limits.Default.MaxUnreadOutput, Session.MinOutputSize(Limits.Default))
        + Limits.Default.MaxLine
        + Math.Max(TinyServer.ReceiveBuffer, Limits.Default.MaxLine / 4)
        + (2 * Environment.SystemPageSize);

    /// <summary>With fewer clients the memory of the process itself would dominate.</summary>
    private const int MinClients = 100;

    private static readonly byte[] Echoes = Repeat($"ECHO {new string('x', 1_000)}\n", 200);
    private static readonly byte[] Helps = Repeat("HELP\n", 40_000);

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new(
            "ECHO replies that are never read",
            ["--write-timeout", "0"],
            static (server, scale) => NeverRead(server, Echoes, scale.Choose(20, 5_000))
        ),
        new(
            "HELP replies that are never read",
            ["--write-timeout", "0"],
            static (server, scale) => NeverRead(server, Helps, scale.Choose(20, 1_000))
        ),
    ];

    private static async Task<string> NeverRead(ServerProcess server, byte[] requests, int count)
    {
        var (before, kernel) = (server.Footprint.Memory, Footprint.KernelTcpMemory());
        var clients = await TestClients.All(count, _ => ConnectWithSmallBuffers(server));
        var observed = await server.Observe(SendUntilBlocked(clients, requests));
        var perClient = (observed.PeakMemory - before) * 1_024 / count;
        var kernelPerClient = (Footprint.KernelTcpMemory() - kernel) / count;
        Array.ForEach(clients, static socket => socket.Dispose());
        if (count >= MinClients)
        {
            Assert.InRange(perClient, 16 * 1_024, MaxPerClient);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} clients whose sends block: {perClient / 1_024} KiB each of {MaxPerClient / 1_024} allowed; kernel TCP memory {kernelPerClient} KiB each, both ends; {observed}"
        );
    }

    /// <summary>Small buffers at this end, so that mainly the server is measured.</summary>
    private static Task<Socket> ConnectWithSmallBuffers(ServerProcess server) =>
        server.Connect(static socket =>
            (socket.SendBufferSize, socket.ReceiveBufferSize) = (16 * 1_024, 4 * 1_024)
        );

    /// <summary>Sends on each socket in turn until no socket accepts any more bytes.</summary>
    private static async Task SendUntilBlocked(Socket[] clients, byte[] requests)
    {
        Array.ForEach(clients, static socket => socket.Blocking = false);
        for (var sent = clients.Length; sent > 0; )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            sent = clients.Count(socket => TrySend(socket, requests));
        }
    }

    private static bool TrySend(Socket socket, byte[] requests)
    {
        socket.Send(requests, SocketFlags.None, out var error);
        Assert.Contains(error, (SocketError[])[SocketError.Success, SocketError.WouldBlock]);
        return error == SocketError.Success;
    }

    private static byte[] Repeat(string request, int count) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(request, count)));
}
