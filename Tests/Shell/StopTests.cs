using System.Net.Sockets;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>How tinytcpd stops for those who cannot wait, and for those who want it to.</summary>
[Trait("Category", "Program")]
public sealed class StopTests
{
    [Fact]
    public async Task A_second_signal_ends_it_at_once_and_the_exit_code_says_that_somebody_was_cut()
    {
        using var launched = Start("--drain-timeout", "0", "--write-timeout", "0");
        using var stuck = await Stuck(launched);
        launched.Signal(PosixSignal.SIGTERM);
        await Says(launched, "Stopping");
        launched.Signal(PosixSignal.SIGTERM);

        Assert.Equal(4, await launched.Exit());
        await Says(launched, "Stopped after 1 connections, 1 of them cut");
    }

    [Fact]
    public async Task Who_is_left_at_the_end_of_the_drain_timeout_is_cut()
    {
        using var launched = Start("--drain-timeout", "200ms", "--write-timeout", "0");
        using var stuck = await Stuck(launched);
        launched.Signal(PosixSignal.SIGTERM);

        Assert.Equal(4, await launched.Exit());
        await Says(launched, "1 of them cut");
    }

    [Fact]
    public async Task For_as_long_as_the_drain_delay_it_serves_on()
    {
        using var launched = Start("--drain-delay", "1h");
        var endPoint = await launched.ListensOn();
        launched.Signal(PosixSignal.SIGTERM);
        await Says(launched, "Stopping");
        Assert.Equal($"{Simulation.Greeting}BYE\n", await Socketry.Visit(endPoint, "QUIT\n"));

        launched.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, await launched.Exit());
        await Says(launched, "Stopped after 1 connections, 0 of them cut");
    }

    private static Launched Start(params string[] arguments) =>
        Launched.Start(Launched.Server, ["--port", "0", .. arguments]);

    /// <summary>A client that asks and asks and takes no reply, until the server does not read it any more.</summary>
    private static async Task<Socket> Stuck(Launched launched)
    {
        var socket = await Socketry.Connect(await launched.ListensOn());
        socket.Blocking = false;
        var requests = WireBytes.Bytes(
            string.Concat(Enumerable.Repeat($"ECHO {new string('x', 1_000)}\n", 1_000))
        );
        for (var idle = 0; idle < 20; )
        {
            socket.Send(requests, SocketFlags.None, out var error);
            idle = error == SocketError.WouldBlock ? idle + 1 : 0;
            socket.Poll(TimeSpan.FromMilliseconds(10), SelectMode.SelectWrite);
        }

        return socket;
    }

    private static async Task Says(Launched launched, string words)
    {
        while (await launched.Output.ReadLineAsync() is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"It never said '{words}'.");
    }
}
