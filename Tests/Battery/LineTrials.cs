using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TinyTcp.Tests.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Lines that are too long, too many, or nothing at all.</summary>
internal static class LineTrials
{
    private const int MemoryAllowed = 2 * 1_024;
    private const int Block = 1_024 * 1_024;

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("one line without end", ["--line-timeout", "0"], EndlessLine),
        new("many lines without end", ["--line-timeout", "1s"], EndlessLines),
        new("half lines, held by a crowd", [], HalfLines),
        new("lines as long as may be, one byte less and one more", [], Boundary),
        new("requests, as many as go", [], Pipeline),
        new("blank lines, as many as go", [], BlankLines),
        new("bad lines, as many as go", ["--max-errors", "100"], BadLines),
    ];

    private static async Task<string> EndlessLine(Target target, Scale scale)
    {
        var megabytes = scale.Of(16, 5 * 1_024);
        using var socket = await target.Connect().Greeted();
        // What runs hot is compiled once more before memory counts.
        await Pour(socket, 0, scale.Of(1, 1_024));
        var before = target.Footprint.Memory;
        var sending = Pour(socket, 0, megabytes);
        var watched = await target.Watch(sending);
        await socket.Send("\nECHO still here\n");
        const string Replies = "ERROR LINE_TOO_LONG\nECHO still here\n";
        Assert.Equal(Replies, await socket.Read(Replies.Length));
        var grown = watched.Peak - before;
        if (scale.IsFull)
        {
            Assert.InRange(grown, long.MinValue, MemoryAllowed);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{megabytes:N0} MiB, memory grew by {grown:N0} KiB, {watched}"
        );
    }

    private static Task Pour(Socket socket, byte value, int megabytes) =>
        Task.Run(async () =>
        {
            var block = Enumerable.Repeat(value, Block).ToArray();
            for (var sent = 0; sent < megabytes; sent++)
            {
                Assert.True(await socket.SendAll(block));
            }
        });

    private static async Task<string> EndlessLines(Target target, Scale scale)
    {
        var count = scale.Of(20, 1_000);
        var sending = Guests.All(
            count,
            async _ =>
            {
                using var socket = await target.Connect();
                return await socket.KeepsSaying(new string('x', 10_000), TimeSpan.FromMilliseconds(100));
            }
        );
        var watched = await target.Watch(sending);
        var replies = $"{Simulation.Greeting}ERROR LINE_TOO_LONG\nERROR LINE_TIMEOUT\n";
        Assert.All(await sending, heard => Assert.Equal(replies, heard.Said));
        return $"{count} of {count} told LINE_TOO_LONG and LINE_TIMEOUT, {watched}";
    }

    /// <summary>What they took goes back though one of them, the last, stays.</summary>
    private static async Task<string> HalfLines(Target target, Scale scale)
    {
        var count = scale.Of(50, 5_000);
        var before = target.Footprint;
        var half = Encoding.ASCII.GetBytes(new string('x', 8_000));
        var guests = new List<Socket>();
        for (var guest = 0; guest < count; guest++)
        {
            guests.Add(await target.Connect().Greeted());
            await guests[^1].SendAll(half);
        }

        await target.PoliteVisit();
        var held = target.Footprint.Memory - before.Memory;
        guests.SkipLast(1).ToList().ForEach(static guest => guest.Dispose());
        await target.Emptied(before.Files + 1);
        var left = await LeftAfter(target, TimeSpan.FromSeconds(scale.Of(0, 15))) - before.Memory;
        guests[^1].Dispose();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} lines of {half.Length:N0} bytes: {held:N0} KiB; {left:N0} KiB while the last one stays"
        );
    }

    private static async Task<long> LeftAfter(Target target, TimeSpan time)
    {
        await target.Watch(Task.Delay(time));
        return target.Footprint.Memory;
    }

    private static async Task<string> Boundary(Target target, Scale scale)
    {
        foreach (var (length, fits) in ((int, bool)[])[(8_191, true), (8_192, true), (8_193, false)])
        {
            var line = $"ECHO {new string('x', length - 5)}\n";
            var heard = await target.Says(line);
            Assert.Equal(Simulation.Greeting + (fits ? line : "ERROR LINE_TOO_LONG\n"), heard.Said);
        }

        return "8,191 and 8,192 bytes answered, 8,193 told LINE_TOO_LONG";
    }

    /// <summary>Nobody else waits for one who has much to ask.</summary>
    private static async Task<string> Pipeline(Target target, Scale scale)
    {
        var count = scale.Of(100_000, 10_000_000);
        using var socket = await target.Connect().Greeted();
        var line = "ECHO 12345\n";
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 1_000)));
        var sending = Task.Run(async () =>
        {
            for (var sent = 0; sent < count; sent += 1_000)
            {
                Assert.True(await socket.SendAll(block));
            }
        });
        var hearing = Task.Run(async () =>
        {
            for (var heard = 0; heard < count; heard += 1_000)
            {
                Assert.Equal(Encoding.ASCII.GetString(block), await socket.Read(block.Length));
            }
        });
        var watched = await target.Watch(Task.WhenAll(sending, hearing));
        return $"{count:N0} answered, {watched}";
    }

    private static async Task<string> BlankLines(Target target, Scale scale)
    {
        var megabytes = scale.Of(1, 100);
        using var socket = await target.Connect().Greeted();
        var watched = await target.Watch(Pour(socket, (byte)'\n', megabytes));
        await socket.Send("ECHO still here\n");
        Assert.Equal("ECHO still here\n", await socket.Read(16));
        return $"{megabytes} Mi of them, {watched}";
    }

    private static async Task<string> BadLines(Target target, Scale scale)
    {
        var count = scale.Of(20, 10_000);
        var lines = string.Concat(Enumerable.Repeat("nonsense\n", 150));
        var replies = string.Concat(Enumerable.Repeat("ERROR UNKNOWN_COMMAND\n", 100));
        var sending = Guests.InTurns(
            count,
            50,
            async _ =>
                Assert.Equal(
                    new($"{Simulation.Greeting}{replies}ERROR TOO_MANY_ERRORS\n", IsReset: false),
                    await target.Says(lines)
                )
        );
        var lineCount = target.Log.Count;
        var watched = await target.Watch(sending);
        Assert.Equal(lineCount, target.Log.Count);
        return $"{count:N0} told TOO_MANY_ERRORS after 100 errors, no line in the log, {watched}";
    }
}
