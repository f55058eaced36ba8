using System.Collections.Immutable;
using System.Net.Sockets;
using TinyTcp.Tests.Server;

namespace TinyTcp.Tests.Battery;

/// <summary>Clients that are gone from one moment to the next.</summary>
internal static class ResetTrials
{
    private const int AtOnce = 50;

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        At("before the greeting", static _ => Task.CompletedTask),
        At("after the greeting", static socket => socket.Read(Simulation.Greeting.Length)),
        At("in mid line", static socket => socket.Send("ECHO half a li")),
        At("in mid overlong line", static socket => socket.Send(new string('x', 9_000))),
        At("in mid reply", static socket => socket.Send(string.Concat(Enumerable.Repeat("HELP\n", 1_000)))),
        At("while replies wait", FillUp),
        At("after QUIT", static socket => socket.Send("QUIT\n")),
    ];

    private static Trial At(string stage, Func<Socket, Task> act) =>
        new($"reset {stage}", [], (target, scale) => Run(target, scale.Of(50, 10_000), act));

    private static async Task<string> Run(Target target, int count, Func<Socket, Task> act)
    {
        var resetting = Guests.InTurns(
            count,
            AtOnce,
            async _ =>
            {
                var socket = await target.Connect();
                await act(socket);
                socket.Reset();
            }
        );
        var watched = await target.Watch(resetting);
        return $"{count:N0} of them, {watched}";
    }

    private static Task FillUp(Socket socket)
    {
        socket.ReceiveBufferSize = 4_096;
        return socket.FillUp();
    }
}
