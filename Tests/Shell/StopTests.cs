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
        using var server = Start("--drain-timeout", "0", "--write-timeout", "0");
        using var client = await ConnectWithoutReading(server);
        server.Signal(first);
        await AssertLogs(server, "Stopping");
        server.Signal(second);

        Assert.Equal(4, await server.WaitForExit());
        await AssertLogs(server, "Stopped after 1 connections, 1 of them aborted");
    }

    [Fact]
    public async Task Connections_still_open_at_the_drain_timeout_are_aborted()
    {
        using var server = Start("--drain-timeout", "200ms", "--write-timeout", "0");
        using var client = await ConnectWithoutReading(server);
        server.Signal(PosixSignal.SIGTERM);

        Assert.Equal(4, await server.WaitForExit());
        await AssertLogs(server, "1 of them aborted");
    }

    [Fact]
    public async Task During_drain_delay_new_connections_are_served()
    {
        using var server = Start("--drain-delay", "1h");
        var endPoint = await server.ReadEndPoint();
        server.Signal(PosixSignal.SIGTERM);
        await AssertLogs(server, "Stopping");
        Assert.Equal($"{Simulation.Greeting}BYE\n", await Loopback.Exchange(endPoint, "QUIT\n"));

        server.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, await server.WaitForExit());
        await AssertLogs(server, "Stopped after 1 connections, 0 of them aborted");
    }

    private static ProgramProcess Start(params string[] arguments) =>
        ProgramProcess.Start(ProgramProcess.Server, ["--port", "0", .. arguments]);

    /// <summary>Connects a client that sends requests and reads no reply until the server stops reading.</summary>
    private static async Task<Socket> ConnectWithoutReading(ProgramProcess server)
    {
        var socket = await Loopback.Connect(await server.ReadEndPoint());
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

    private static async Task AssertLogs(ProgramProcess server, string text)
    {
        while (await server.Output.ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The log never contained '{text}'.");
    }
}
