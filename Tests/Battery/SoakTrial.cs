using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>
/// Well-behaved and hostile clients, mixed, for a long time: every reply is correct, and memory does not grow.
/// </summary>
internal static class SoakTrial
{
    private const int WellBehavedCount = 20;
    private const int HostileCount = 8;

    /// <summary>The largest permitted growth of memory over many minutes: 3 MiB an hour.</summary>
    private const double MaxKibibytesPerMinute = 50;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new(
            "well-behaved and hostile clients, mixed",
            ["--idle-timeout", "15s", "--line-timeout", "3s", "--write-timeout", "3s"],
            Run
        ),
    ];

    /// <summary>Minutes from the variable that <c>Tests/soak</c> sets; seconds without it.</summary>
    private static TimeSpan Duration(Scale scale) =>
        double.TryParse(
            Environment.GetEnvironmentVariable("TINYTCP_TEST_SOAK_MINUTES"),
            CultureInfo.InvariantCulture,
            out var minutes
        ) && scale.IsFull
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.FromSeconds(scale.Choose(2, 60));

    private static async Task<string> Run(ServerProcess server, Scale scale)
    {
        using var stopping = new CancellationTokenSource(Duration(scale));
        var seed = Random.Shared.Next();
        var wellBehaved = Enumerable
            .Range(0, WellBehavedCount)
            .Select(number => RunWellBehaved(server, new Random(seed + number), stopping.Token));
        var hostile = Enumerable
            .Range(0, HostileCount)
            .Select(number => RunHostile(server, new Random(seed - 1 - number), stopping.Token));
        var exchanging = Task.WhenAll(wellBehaved.ToList());
        var attacking = Task.WhenAll(hostile.ToList());
        var (slowest, memory) = await Sample(server, Task.WhenAll(exchanging, attacking));
        var slope = SlopePerMinute(memory.Skip(memory.Count / 3).ToList());
        if (memory.Count > 600)
        {
            Assert.InRange(slope, double.MinValue, MaxKibibytesPerMinute);
        }

        var (replies, attacks) = ((await exchanging).Sum(), (await attacking).Sum());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Duration(scale).TotalMinutes:N1} min (seed {seed}): {replies:N0} replies, all correct, and {attacks:N0} attacks; memory {memory[0]:N0} to {memory[^1]:N0} KiB, slope {slope:N1} KiB a minute; slowest probe {slowest.TotalMilliseconds:N0} ms; log lines: {server.Log.Count}"
        );
    }

    /// <summary>Probes the server and measures its memory once a second.</summary>
    private static async Task<(TimeSpan Slowest, List<double> Memory)> Sample(ServerProcess server, Task load)
    {
        var slowest = TimeSpan.Zero;
        var memory = new List<double>();
        do
        {
            var probe = await server.Probe();
            slowest = probe > slowest ? probe : slowest;
            memory.Add(server.Footprint.Memory);
        } while (await Task.WhenAny(load, Task.Delay(Second)) != load);

        await load;
        return (slowest, memory);
    }

    /// <summary>The slope of a least-squares line through samples taken once a second.</summary>
    private static double SlopePerMinute(List<double> samples)
    {
        var (middle, mean) = ((samples.Count - 1) / 2.0, samples.Average());
        var above = samples.Select((sample, second) => (second - middle) * (sample - mean)).Sum();
        var below = samples.Select((_, second) => (second - middle) * (second - middle)).Sum();
        return below == 0 ? 0 : above / below * 60;
    }

    /// <summary>Sends batches of requests on one connection after another and compares every reply.</summary>
    private static async Task<long> RunWellBehaved(
        ServerProcess server,
        Random random,
        CancellationToken stopping
    )
    {
        var replies = 0L;
        while (!stopping.IsCancellationRequested)
        {
            using var socket = await server.Connect().ReadGreeting();
            for (var batch = 0; batch < 20; batch++)
            {
                var lines = string.Concat(
                    Enumerable
                        .Range(0, random.Next(1, 10))
                        .Select(_ =>
                            $"ECHO {new string((char)random.Next('a', 'z'), random.Next(1, 2_000))}\n"
                        )
                );
                await socket.Send(lines);
                Assert.Equal(lines, await socket.Read(lines.Length));
                replies += lines.Count(static letter => letter == '\n');
                await Task.Delay(Pause, CancellationToken.None);
            }
        }

        return replies;
    }

    private static async Task<long> RunHostile(
        ServerProcess server,
        Random random,
        CancellationToken stopping
    )
    {
        var attacks = 0L;
        for (; !stopping.IsCancellationRequested; attacks++)
        {
            using var socket = await server.Connect();
            await socket.SendAll(Attack(random));
            await Task.Delay(Pause * random.Next(1, 30), CancellationToken.None);
            if (random.Next(2) == 0)
            {
                socket.Abort();
            }
        }

        return attacks;
    }

    private static byte[] Attack(Random random) =>
        random.Next(8) switch
        {
            0 => RandomBytes(random),
            1 => Latin1("GET / HTTP/1.1\r\n\r\n"),
            2 => Latin1("\x16\x03\x01\x02\x00"),
            3 => Latin1("ECHO half a li"),
            4 => Latin1(new string('x', 100_000)),
            5 => Latin1(string.Concat(Enumerable.Repeat("nonsense\n", 200))),
            6 => Latin1(string.Concat(Enumerable.Repeat("HELP\n", 10_000))),
            _ => [],
        };

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(1, 10_000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Latin1(string characters) => Encoding.Latin1.GetBytes(characters);
}
