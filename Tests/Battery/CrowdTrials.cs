using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>More clients than there is room for.</summary>
internal static class CrowdTrials
{
    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("a storm of connections", [], Storm),
        new("visits without a pause", [], Visits),
        new("one connection too many", ["--max-connections", "10"], OneTooMany),
        new("a storm of connections for which there is no place", ["--max-connections", "3"], Refused),
        .. OperatingSystem.IsLinux() ? OnLinux : [],
    ];

    /// <summary>What takes an address or a limit that only Linux has.</summary>
    private static ImmutableArray<Trial> OnLinux =>
        [
            new("too many connections of one address", ["--max-connections-per-address", "8"], OneAddress),
            new("more connections than files may be open", [], MoreThanFiles) { Descriptors = 400 },
            new("no descriptors left", [], NoDescriptors) { IsDoneOnce = true },
        ];

    private static async Task<string> Storm(Target target, Scale scale)
    {
        var count = scale.Of(200, 5_000);
        var start = Stopwatch.GetTimestamp();
        var coming = Guests.All(count, _ => target.Connect().Greeted());
        var watched = await target.Watch(coming);
        var took = Stopwatch.GetElapsedTime(start);
        Array.ForEach(await coming, static socket => socket.Dispose());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} greeted within {took.TotalMilliseconds:N0} ms, {watched}"
        );
    }

    private static async Task<string> Visits(Target target, Scale scale)
    {
        var count = scale.Of(500, 50_000);
        var watched = await target.Watch(Guests.InTurns(count, 50, _ => target.PoliteVisit()));
        return $"{count:N0} served, {watched}";
    }

    private static async Task<string> OneTooMany(Target target, Scale scale)
    {
        var files = target.Footprint.Files;
        var guests = await Guests.All(10, _ => target.Connect().Greeted());
        for (var count = 0; count < scale.Of(10, 1_000); count++)
        {
            Assert.Equal(new("ERROR SERVER_BUSY\n", IsReset: false), await target.Says(""));
        }

        await guests[0].Send("ECHO me\n");
        Assert.Equal("ECHO me\n", await guests[0].Read(8));
        Array.ForEach(guests, static guest => guest.Dispose());
        await target.Emptied(files);
        return "each told SERVER_BUSY, who has a place is served";
    }

    /// <summary>Who has a place does not suffer from those who have none.</summary>
    private static async Task<string> Refused(Target target, Scale scale)
    {
        var count = scale.Of(200, 20_000);
        var files = target.Footprint.Files;
        var guests = await Guests.All(3, _ => target.Connect().Greeted());
        var storm = Guests.InTurns(
            count,
            100,
            async _ =>
            {
                using var socket = await target.Connect();
                var heard = await socket.Hear();
                Assert.Contains(heard.Said, (string[])["ERROR SERVER_BUSY\n", ""]);
            }
        );
        var slowest = await Task.Factory.StartNew(
            () => SlowestEcho(guests[0], storm),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await storm;
        Array.ForEach(guests, static guest => guest.Dispose());
        await target.Emptied(files);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} refused, slowest reply to a guest meanwhile {slowest.TotalMilliseconds:N0} ms, {target.Log.Count} lines in the log"
        );
    }

    // On a thread of its own: the thread pool is busy with the storm, and would make the guest wait, not the server.
    private static TimeSpan SlowestEcho(Socket guest, Task storm)
    {
        var slowest = TimeSpan.Zero;
        var reply = new byte[8];
        while (!storm.IsCompleted)
        {
            var start = Stopwatch.GetTimestamp();
            guest.Send("ECHO me\n"u8);
            for (var at = 0; at < reply.Length; )
            {
                var received = guest.Receive(reply.AsSpan(at));
                Assert.NotEqual(0, received);
                at += received;
            }

            Assert.Equal("ECHO me\n"u8.ToArray(), reply);
            var took = Stopwatch.GetElapsedTime(start);
            slowest = took > slowest ? took : slowest;
        }

        return slowest;
    }

    private static async Task<string> OneAddress(Target target, Scale scale)
    {
        var files = target.Footprint.Files;
        var guests = await Guests.All(8, _ => target.Connect().Greeted());
        for (var count = 0; count < scale.Of(10, 1_000); count++)
        {
            Assert.Equal(new("ERROR TOO_MANY_CONNECTIONS\n", IsReset: false), await target.Says(""));
        }

        var elsewhere = new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0);
        using var neighbour = await target.Connect(socket => socket.Bind(elsewhere));
        Assert.Equal(Simulation.Greeting, await neighbour.Read(Simulation.Greeting.Length));
        neighbour.Dispose();
        Array.ForEach(guests, static guest => guest.Dispose());
        await target.Emptied(files);
        return "each told TOO_MANY_CONNECTIONS, the neighbour served";
    }

    private static async Task<string> MoreThanFiles(Target target, Scale scale)
    {
        var count = scale.Of(600, 2_000);
        var coming = await Guests.All(
            count,
            async _ =>
            {
                var socket = await target.Connect();
                return (socket, Said: await socket.Read(Simulation.Greeting.Length));
            }
        );
        var served = coming.Count(static guest => guest.Said == Simulation.Greeting);
        Assert.All(
            coming,
            static guest =>
                Assert.Contains(guest.Said, (string[])[Simulation.Greeting, "ERROR SERVER_BUSY\n", ""])
        );
        Assert.InRange(served, 100, 399);
        Assert.Contains(
            target.Log,
            static line => line.Contains("max-connections", StringComparison.Ordinal)
        );
        Array.ForEach(coming, static guest => guest.socket.Dispose());
        return $"of {count} with 400 files {served} served, the others refused";
    }

    /// <summary>The limit is lowered while it runs, to what it has: even the descriptors that it kept back are gone.</summary>
    private static async Task<string> NoDescriptors(Target target, Scale scale)
    {
        var time = TimeSpan.FromSeconds(scale.Of(1, 60));
        var limit = OpenFiles.Limit(target.Process, (ulong)target.Footprint.Files);
        var before = target.Log.Count;
        var guests = await Guests.All(100, _ => target.Connect());
        var busy = Footprint.ProcessorTime(target.Process);
        await Task.Delay(time);
        busy = Footprint.ProcessorTime(target.Process) - busy;
        var said = target.Log.Skip(before).ToList();

        OpenFiles.Limit(target.Process, limit);
        var relief = Stopwatch.GetTimestamp();
        var greetings = await Task.WhenAll(
            guests.Select(static guest => guest.Read(Simulation.Greeting.Length))
        );
        var served = Stopwatch.GetElapsedTime(relief);
        Assert.All(greetings, static greeting => Assert.Equal(Simulation.Greeting, greeting));
        Array.ForEach(guests, static guest => guest.Dispose());
        var line = Assert.Single(said);
        Assert.Contains("RLIMIT_NOFILE", line, StringComparison.Ordinal);
        if (scale.IsFull)
        {
            Assert.InRange(busy / time, 0, 0.05);
            Assert.InRange(served, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time.TotalSeconds} s at {busy / time:P1} of a core, 1 line in the log, all {guests.Length} who waited served {served.TotalMilliseconds:N0} ms after relief"
        );
    }
}
