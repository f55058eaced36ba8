using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Ends of connections and of servers: the last reply arrives complete, followed by FIN.</summary>
internal static class CloseTrials
{
    /// <summary>More than one receive reads, so that some of it is unread when the server closes.</summary>
    private static readonly string Excess = string.Concat(Enumerable.Repeat(Request, 20_000));

    private const string Request = "ECHO still talking\n";
    private const string ShuttingDown = "ERROR SHUTTING_DOWN\n";

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new(
            "QUIT by clients that keep sending",
            [],
            static (server, scale) => LastReply(server, scale, "QUIT\n", "BYE\n")
        ),
        new(
            "a goodbye to clients that keep sending",
            ["--max-errors", "1"],
            static (server, scale) =>
                LastReply(server, scale, "nonsense\n", "ERROR UNKNOWN_COMMAND\nERROR TOO_MANY_ERRORS\n")
        ),
        new("shutdown while clients keep sending", [], Drained) { RunsOnce = true },
        new("SIGTERM under load", [], UnderLoad) { RunsOnce = true },
        new("restarts with the same listening socket", [], Restarts) { RunsOnce = true },
    ];

    private static async Task<string> LastReply(
        ServerProcess server,
        Scale scale,
        string request,
        string replies
    )
    {
        var count = scale.Choose(50, 1_000);
        var results = new Received[count];
        await TestClients.ForEach(
            count,
            50,
            async number =>
            {
                using var socket = await server.Connect();
                await socket.SendAll(Encoding.ASCII.GetBytes(request + Excess));
                results[number] = await socket.SendRepeatedly(Request, TimeSpan.FromMilliseconds(1));
            }
        );
        Assert.All(
            results,
            received => Assert.Equal(new($"{Simulation.Greeting}{replies}", IsReset: false), received)
        );
        return $"{count:N0} of {count:N0} received the last reply complete, then FIN";
    }

    private static async Task<string> Drained(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(50, 1_000);
        var clients = await TestClients.All(count, _ => server.Connect().ReadGreeting());
        var sending = clients
            .Select(static client => client.SendRepeatedly(Request, TimeSpan.FromMilliseconds(50)))
            .ToList();
        server.RequestStop(PosixSignal.SIGTERM);
        var results = await Task.WhenAll(sending);
        Assert.Equal(0, await server.WaitForExit());
        Assert.All(
            results,
            static received =>
                Assert.Equal(new Received(Expected(received, Request), IsReset: false), received)
        );
        Array.ForEach(clients, static client => client.Dispose());
        return $"{count:N0} of {count:N0} received SHUTTING_DOWN complete, then FIN; exit code 0";
    }

    /// <summary>As many whole lines as fit into the received length, then the goodbye.</summary>
    private static string Expected(Received received, string line) =>
        string.Concat(Enumerable.Repeat(line, (received.Text.Length - ShuttingDown.Length) / line.Length))
        + ShuttingDown;

    /// <summary>Each client receives complete replies in order, without a gap, then the goodbye.</summary>
    private static async Task<string> UnderLoad(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(20, 200);
        var clients = await TestClients.All(count, _ => server.Connect().ReadGreeting());
        var pipelines = clients.Select(PipelineUntilClosed).ToList();
        var answered = 0L;
        var load = Task.WhenAll(pipelines);
        await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(scale.Choose(1, 3))));
        server.RequestStop(PosixSignal.SIGTERM);
        var start = Stopwatch.GetTimestamp();
        foreach (var (received, sent) in await load)
        {
            Assert.False(received.IsReset);
            Assert.EndsWith(ShuttingDown, received.Text, StringComparison.Ordinal);
            var replies = received.Text[..^ShuttingDown.Length].Split('\n')[..^1];
            Assert.Equal(Enumerable.Range(0, replies.Length).Select(Number), replies);
            Assert.InRange(replies.Length, 1, sent);
            answered += replies.Length;
        }

        Assert.Equal(0, await server.WaitForExit());
        Array.ForEach(clients, static client => client.Dispose());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} connections, {answered:N0} replies in order, then SHUTTING_DOWN and FIN on each; exit code 0 after {Stopwatch.GetElapsedTime(start).TotalSeconds:N1} s"
        );
    }

    private static async Task<(Received Received, int Sent)> PipelineUntilClosed(Socket socket)
    {
        var reading = socket.ReadUntilClosed();
        var sent = 0;
        while (!reading.IsCompleted)
        {
            var batch = string.Concat(
                Enumerable.Range(sent, 16).Select(static number => $"{Number(number)}\n")
            );
            if (!await socket.SendAll(Encoding.ASCII.GetBytes(batch)))
            {
                break;
            }

            sent += 16;
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        return (await reading, sent);
    }

    private static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"ECHO {number}");

    /// <summary>Restarts as systemd does: the listening socket stays open, each server inherits it.</summary>
    private static async Task<string> Restarts(ServerProcess server, Scale scale)
    {
        server.RequestStop(PosixSignal.SIGTERM);
        var (restarts, rate) = (scale.Choose(2, 10), scale.Choose(100, 1_000));
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(int.MaxValue);
        using var stopping = new CancellationTokenSource();
        var sessions = RunSessions((IPEndPoint)listener.LocalEndPoint!, rate, stopping.Token);
        try
        {
            await RestartOn(listener, restarts);
        }
        finally
        {
            await stopping.CancelAsync();
        }

        using var last = ProgramProcess.StartWithSocket(listener, ProgramProcess.Server);
        var results = await sessions;
        var expected = new Received($"{Simulation.Greeting}ECHO here\nBYE\n", IsReset: false);
        Assert.All(results, received => Assert.Equal(expected, received));
        return $"{restarts} restarts at {rate:N0} connections a second: {results.Count:N0} connections, all of them served";
    }

    private static async Task RestartOn(Socket listener, int restarts)
    {
        for (var restart = 0; restart < restarts; restart++)
        {
            using var program = ProgramProcess.StartWithSocket(listener, ProgramProcess.Server);
            await program.ReadEndPoint();
            await Task.Delay(TimeSpan.FromSeconds(1));
            program.Signal(PosixSignal.SIGTERM);
            Assert.Equal(0, await program.WaitForExit());
        }
    }

    /// <summary>Opens connections at a fixed rate, even while earlier ones wait to be served.</summary>
    private static async Task<IReadOnlyList<Received>> RunSessions(
        IPEndPoint endPoint,
        int rate,
        CancellationToken stopping
    )
    {
        var sessions = new List<Task<Received>>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var start = Stopwatch.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            for (var due = Stopwatch.GetElapsedTime(start).TotalSeconds * rate; sessions.Count < due; )
            {
                sessions.Add(RunSession(endPoint));
            }
        }

        return await Task.WhenAll(sessions);
    }

    private static async Task<Received> RunSession(IPEndPoint endPoint)
    {
        // Without an await in between: a client that is quiet for 100 ms gets SHUTTING_DOWN, rightly.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(endPoint);
        socket.Send("ECHO here\nQUIT\n"u8);
        return await socket.ReadUntilClosed();
    }
}
