using System.Collections.Immutable;
using System.Text;
using TinyTcp.Tests.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Clients that take their time.</summary>
internal static class SlowTrials
{
    private static readonly TimeSpan NowAndThen = TimeSpan.FromMilliseconds(100);

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("a byte now and then, and never an LF", ["--line-timeout", "1s"], ByteNowAndThen),
        new("silence", ["--idle-timeout", "2s"], Silence),
        new("whole lines, byte by byte", [], ByteAPacket),
        new("a reader that takes little now and then", ["--write-timeout", "1s"], SlowReader),
    ];

    private static async Task<string> ByteNowAndThen(Target target, Scale scale)
    {
        var count = scale.Of(20, 1_000);
        var dripping = Guests.All(
            count,
            async _ =>
            {
                using var socket = await target.Connect();
                return await socket.KeepsSaying("x", NowAndThen);
            }
        );
        var watched = await target.Watch(dripping);
        Assert.All(
            await dripping,
            static heard => Assert.Equal($"{Simulation.Greeting}ERROR LINE_TIMEOUT\n", heard.Said)
        );
        return $"{count} of {count} told LINE_TIMEOUT, {watched}";
    }

    private static async Task<string> Silence(Target target, Scale scale)
    {
        var count = scale.Of(20, 1_000);
        var waiting = Guests.All(
            count,
            async _ =>
            {
                using var socket = await target.Connect();
                return await socket.Hear();
            }
        );
        var watched = await target.Watch(waiting);
        Assert.All(
            await waiting,
            static heard =>
                Assert.Equal(new($"{Simulation.Greeting}ERROR IDLE_TIMEOUT\n", IsReset: false), heard)
        );
        return $"{count} of {count} told IDLE_TIMEOUT, {watched}";
    }

    private static async Task<string> ByteAPacket(Target target, Scale scale)
    {
        var count = scale.Of(2, 50);
        var line = $"ECHO {new string('x', 8_187)}\n";
        var typing = Guests.All(
            count,
            async _ =>
            {
                using var socket = await target.Connect().Greeted();
                socket.NoDelay = true;
                foreach (var letter in line)
                {
                    await socket.SendAsync(new[] { (byte)letter });
                }

                return await socket.Read(line.Length);
            }
        );
        var watched = await target.Watch(typing);
        Assert.All(await typing, said => Assert.Equal(line, said));
        return $"{count} lines sent in {line.Length:N0} pieces each, answered, {watched}";
    }

    /// <summary>It takes a little in less than the time-out, and needs several of them for all.</summary>
    private static async Task<string> SlowReader(Target target, Scale scale)
    {
        var count = scale.Of(2, 100);
        var requests = Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat($"ECHO {new string('x', 1_000)}\n", 2_000))
        );
        var reading = Guests.All(count, _ => ReadSlowly(target, requests));
        var watched = await target.Watch(reading);
        Assert.All(await reading, said => Assert.Equal(Encoding.ASCII.GetString(requests), said));
        return $"{count} got all of {requests.Length / 1_024:N0} KiB, {watched}";
    }

    private static async Task<string> ReadSlowly(Target target, byte[] requests)
    {
        using var socket = await target
            .Connect(static socket => socket.ReceiveBufferSize = 64 * 1_024)
            .Greeted();
        var sending = socket.SendAll(requests);
        var said = new StringBuilder();
        using var timer = new PeriodicTimer(NowAndThen);
        while (said.Length < requests.Length && await timer.WaitForNextTickAsync())
        {
            said.Append(await socket.Read(Math.Min(100_000, requests.Length - said.Length)));
        }

        await sending;
        return said.ToString();
    }
}
