using System.Collections.Immutable;
using System.Net.Sockets;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Battery;

/// <summary>Clients that reset their connections.</summary>
internal static class ResetTrials
{
    private const int Parallelism = 50;

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        At("before the greeting", static _ => Task.CompletedTask),
        At("after the greeting", static socket => socket.Read(Simulation.Greeting.Length)),
        At("within a line", static socket => socket.Send("ECHO half a li")),
        At("within an overlong line", static socket => socket.Send(new string('x', 9_000))),
        At("within a reply", static socket => socket.Send(string.Concat(Enumerable.Repeat("HELP\n", 1_000)))),
        At("while replies are pending", RequestWithoutReading),
        At("after QUIT", static socket => socket.Send("QUIT\n")),
    ];

    private static Trial At(string moment, Func<Socket, Task> act) =>
        new($"reset {moment}", [], (server, scale) => Run(server, scale.Choose(50, 10_000), act));

    private static async Task<string> Run(ServerProcess server, int count, Func<Socket, Task> act)
    {
        var resetting = TestClients.ForEach(
            count,
            Parallelism,
            async _ =>
            {
                var socket = await server.Connect();
                await act(socket);
                socket.Abort();
            }
        );
        var observed = await server.Observe(resetting);
        return $"{count:N0} resets, {observed}";
    }

    private static Task RequestWithoutReading(Socket socket)
    {
        socket.ReceiveBufferSize = 4_096;
        return socket.RequestWithoutReading();
    }
}
