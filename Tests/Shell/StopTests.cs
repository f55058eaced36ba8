using System.Net.Sockets;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>Forced stops, drain-timeout and drain-delay of the program.</summary>
[Trait("Category", "Program")]
public sealed class StopTests
{
    [Theory]
    [InlineData(PosixSignal.SIGTERM, PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT, PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGQUIT, PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGTERM, PosixSignal.SIGQUIT)]
    public async Task A_second_signal_aborts_connections_and_the_exit_code_is_4(
        PosixSignal first,
        PosixSignal second
    )
    {
        using var launched = Start("--drain-timeout", "0", "--write-timeout", "0");
        using var unread = await ConnectWithoutReading(launched);
        launched.Signal(first);
        await AssertLogs(launched, "Stopping");
        launched.Signal(second);

        Assert.Equal(4, await launched.Exit());
        await AssertLogs(launched, "Stopped after 1 connections, 1 of them aborted");
    }

    [Fact]
    public async Task Connections_still_open_at_the_end_of_drain_timeout_are_aborted()
    {
        using var launched = Start("--drain-timeout", "200ms", "--write-timeout", "0");
        using var unread = await ConnectWithoutReading(launched);
        launched.Signal(PosixSignal.SIGTERM);

        Assert.Equal(4, await launched.Exit());
        await AssertLogs(launched, "1 of them aborted");
    }

    [Fact]
    public async Task During_drain_delay_new_connections_are_served()
    {
        using var launched = Start("--drain-delay", "1h");
        var endPoint = await launched.ListensOn();
        launched.Signal(PosixSignal.SIGTERM);
        await AssertLogs(launched, "Stopping");
        Assert.Equal($"{Simulation.Greeting}BYE\n", await Socketry.Visit(endPoint, "QUIT\n"));

        launched.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, await launched.Exit());
        await AssertLogs(launched, "Stopped after 1 connections, 0 of them aborted");
    }

    private static Launched Start(params string[] arguments) =>
        Launched.Start(Launched.Server, ["--port", "0", .. arguments]);

    /// <summary>A client that sends requests and reads no reply, until the server stops reading.</summary>
    private static async Task<Socket> ConnectWithoutReading(Launched launched)
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

    private static async Task AssertLogs(Launched launched, string words)
    {
        while (await launched.Output.ReadLineAsync() is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The log never contained '{words}'.");
    }
}
