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

/// <summary>Ends of conversations and of servers: the last line arrives whole, and then FIN.</summary>
internal static class EndingTrials
{
    /// <summary>More than is received at once: some of it is unread when the server closes.</summary>
    private static readonly string Flood = string.Concat(Enumerable.Repeat(Talk, 20_000));

    private const string Talk = "ECHO still talking\n";
    private const string ShuttingDown = "ERROR SHUTTING_DOWN\n";

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new(
            "QUIT by clients that go on sending",
            [],
            static (target, scale) => Ended(target, scale, "QUIT\n", "BYE\n")
        ),
        new(
            "a goodbye to clients that go on sending",
            ["--max-errors", "1"],
            static (target, scale) =>
                Ended(target, scale, "nonsense\n", "ERROR UNKNOWN_COMMAND\nERROR TOO_MANY_ERRORS\n")
        ),
        new("a stop while clients go on sending", [], Drained) { IsDoneOnce = true },
        new("SIGTERM under load", [], UnderLoad) { IsDoneOnce = true },
        new("restarts while the socket stays open", [], Restarts) { IsDoneOnce = true },
    ];

    private static async Task<string> Ended(Target target, Scale scale, string last, string replies)
    {
        var count = scale.Of(50, 1_000);
        var endings = new Heard[count];
        await Guests.InTurns(
            count,
            50,
            async number =>
            {
                using var socket = await target.Connect();
                await socket.SendAll(Encoding.ASCII.GetBytes(last + Flood));
                endings[number] = await socket.KeepsSaying(Talk, TimeSpan.FromMilliseconds(1));
            }
        );
        Assert.All(
            endings,
            heard => Assert.Equal(new($"{Simulation.Greeting}{replies}", IsReset: false), heard)
        );
        return $"{count:N0} of {count:N0} saw the last line whole, then FIN";
    }

    private static async Task<string> Drained(Target target, Scale scale)
    {
        var count = scale.Of(50, 1_000);
        var guests = await Guests.All(count, _ => target.Connect().Greeted());
        var talking = guests
            .Select(static guest => guest.KeepsSaying(Talk, TimeSpan.FromMilliseconds(50)))
            .ToList();
        target.AskToStop(PosixSignal.SIGTERM);
        var endings = await Task.WhenAll(talking);
        Assert.Equal(0, await target.Exit());
        Assert.All(
            endings,
            static heard => Assert.Equal(new Heard(Expected(heard, Talk), IsReset: false), heard)
        );
        Array.ForEach(guests, static guest => guest.Dispose());
        return $"{count:N0} of {count:N0} saw SHUTTING_DOWN whole, then FIN; exit code 0";
    }

    /// <summary>As many whole lines as there is room for, and the goodbye.</summary>
    private static string Expected(Heard heard, string line) =>
        string.Concat(Enumerable.Repeat(line, (heard.Said.Length - ShuttingDown.Length) / line.Length))
        + ShuttingDown;

    /// <summary>Each hears the replies to what it sent first, without a gap, and then the goodbye; no line is cut.</summary>
    private static async Task<string> UnderLoad(Target target, Scale scale)
    {
        var count = scale.Of(20, 200);
        var guests = await Guests.All(count, _ => target.Connect().Greeted());
        var talking = guests.Select(PipelineUntilTold).ToList();
        var answered = 0L;
        var goingOn = Task.WhenAll(talking);
        await Task.WhenAny(goingOn, Task.Delay(TimeSpan.FromSeconds(scale.Of(1, 3))));
        target.AskToStop(PosixSignal.SIGTERM);
        var start = Stopwatch.GetTimestamp();
        foreach (var (heard, sent) in await goingOn)
        {
            Assert.False(heard.IsReset);
            Assert.EndsWith(ShuttingDown, heard.Said, StringComparison.Ordinal);
            var replies = heard.Said[..^ShuttingDown.Length].Split('\n')[..^1];
            Assert.Equal(Enumerable.Range(0, replies.Length).Select(Number), replies);
            Assert.InRange(replies.Length, 1, sent);
            answered += replies.Length;
        }

        Assert.Equal(0, await target.Exit());
        Array.ForEach(guests, static guest => guest.Dispose());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} connections, {answered:N0} replies in order, each told SHUTTING_DOWN after them, then FIN; exit code 0 after {Stopwatch.GetElapsedTime(start).TotalSeconds:N1} s"
        );
    }

    private static async Task<(Heard Heard, int Sent)> PipelineUntilTold(Socket socket)
    {
        var hearing = socket.Hear();
        var sent = 0;
        while (!hearing.IsCompleted)
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

        return (await hearing, sent);
    }

    private static string Number(int number) => string.Create(CultureInfo.InvariantCulture, $"ECHO {number}");

    /// <summary>As systemd does it: the socket stays, the servers come and go.</summary>
    private static async Task<string> Restarts(Target target, Scale scale)
    {
        target.AskToStop(PosixSignal.SIGTERM);
        var (restarts, rate) = (scale.Of(2, 10), scale.Of(100, 1_000));
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(int.MaxValue);
        using var ending = new CancellationTokenSource();
        var visiting = Visitors((IPEndPoint)listener.LocalEndPoint!, rate, ending.Token);
        try
        {
            await RestartOver(listener, restarts);
        }
        finally
        {
            await ending.CancelAsync();
        }

        using var last = Launched.StartHanded(listener, Launched.Server);
        var visits = await visiting;
        var served = visits.Count(static heard =>
            heard == new Heard($"{Simulation.Greeting}ECHO here\nBYE\n", IsReset: false)
        );
        Assert.Equal(visits.Count, served);
        return $"{restarts} restarts at {rate:N0} visits a second: {visits.Count:N0} visits, {served:N0} served, 0 refused, 0 lost";
    }

    private static async Task RestartOver(Socket listener, int restarts)
    {
        for (var restart = 0; restart < restarts; restart++)
        {
            using var launched = Launched.StartHanded(listener, Launched.Server);
            await launched.ListensOn();
            await Task.Delay(TimeSpan.FromSeconds(1));
            launched.Signal(PosixSignal.SIGTERM);
            Assert.Equal(0, await launched.Exit());
        }
    }

    /// <summary>So many come a second, whether those before them have been served or not.</summary>
    private static async Task<IReadOnlyList<Heard>> Visitors(
        IPEndPoint endPoint,
        int rate,
        CancellationToken ending
    )
    {
        var visits = new List<Task<Heard>>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var start = Stopwatch.GetTimestamp();
        while (!ending.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            for (var due = Stopwatch.GetElapsedTime(start).TotalSeconds * rate; visits.Count < due; )
            {
                visits.Add(Visit(endPoint));
            }
        }

        return await Task.WhenAll(visits);
    }

    private static async Task<Heard> Visit(IPEndPoint endPoint)
    {
        using var socket = await Socketry.Connect(endPoint);
        await socket.Send("ECHO here\nQUIT\n");
        return await socket.Hear();
    }
}
