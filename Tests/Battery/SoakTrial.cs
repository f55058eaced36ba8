using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TinyTcp.Tests.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Good clients and bad ones, mixed, for a long time: the good ones do not notice, and memory does not grow.</summary>
internal static class SoakTrial
{
    private const int Good = 20;
    private const int Hostile = 8;

    /// <summary>How much memory may grow, seen over many minutes: 3 MiB an hour.</summary>
    private const double MostKibibytesAMinute = 50;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new(
            "good and bad clients, mixed",
            ["--idle-timeout", "5s", "--line-timeout", "3s", "--write-timeout", "3s"],
            Run
        ),
    ];

    /// <summary>Minutes by the variable that <c>Tests/soak</c> sets; else a moment.</summary>
    private static TimeSpan Length(Scale scale) =>
        double.TryParse(
            Environment.GetEnvironmentVariable("TINYTCP_SOAK_MINUTES"),
            CultureInfo.InvariantCulture,
            out var minutes
        ) && scale.IsFull
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.FromSeconds(scale.Of(2, 60));

    private static async Task<string> Run(Target target, Scale scale)
    {
        using var ending = new CancellationTokenSource(Length(scale));
        var seed = Random.Shared.Next();
        var good = Enumerable
            .Range(0, Good)
            .Select(number => TalkOn(target, new Random(seed + number), ending.Token));
        var bad = Enumerable
            .Range(0, Hostile)
            .Select(number => MolestOn(target, new Random(seed - 1 - number), ending.Token));
        var talking = Task.WhenAll(good.ToList());
        var molesting = Task.WhenAll(bad.ToList());
        var (slowest, memory) = await Sample(target, Task.WhenAll(talking, molesting));
        var slope = SlopePerMinute(memory.Skip(memory.Count / 3).ToList());
        if (memory.Count > 600)
        {
            Assert.InRange(slope, double.MinValue, MostKibibytesAMinute);
        }

        var (replies, attacks) = ((await talking).Sum(), (await molesting).Sum());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Length(scale).TotalMinutes:N1} min (seed {seed}): {replies:N0} replies as they should be, none wrong, beside {attacks:N0} attacks; memory {memory[0]:N0} to {memory[^1]:N0} KiB, slope {slope:N1} KiB a minute; slowest visit {slowest.TotalMilliseconds:N0} ms; {target.Log.Count} lines in the log, none an error"
        );
    }

    /// <summary>Visits and looks, a time a second.</summary>
    private static async Task<(TimeSpan Slowest, List<double> Memory)> Sample(Target target, Task goingOn)
    {
        var slowest = TimeSpan.Zero;
        var memory = new List<double>();
        do
        {
            var visit = await target.PoliteVisit();
            slowest = visit > slowest ? visit : slowest;
            memory.Add(target.Footprint.Memory);
        } while (await Task.WhenAny(goingOn, Task.Delay(Second)) != goingOn);

        await goingOn;
        return (slowest, memory);
    }

    /// <summary>By least squares.</summary>
    private static double SlopePerMinute(List<double> samples)
    {
        var (middle, mean) = ((samples.Count - 1) / 2.0, samples.Average());
        var above = samples.Select((sample, second) => (second - middle) * (sample - mean)).Sum();
        var below = samples.Select((_, second) => (second - middle) * (second - middle)).Sum();
        return below == 0 ? 0 : above / below * 60;
    }

    /// <summary>Conversations of some dozen requests, every reply compared.</summary>
    private static async Task<long> TalkOn(Target target, Random random, CancellationToken ending)
    {
        var replies = 0L;
        while (!ending.IsCancellationRequested)
        {
            using var socket = await target.Connect().Greeted();
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

    private static async Task<long> MolestOn(Target target, Random random, CancellationToken ending)
    {
        var attacks = 0L;
        for (; !ending.IsCancellationRequested; attacks++)
        {
            using var socket = await target.Connect();
            await socket.SendAll(Attack(random));
            await Task.Delay(Pause * random.Next(1, 30), CancellationToken.None);
            if (random.Next(2) == 0)
            {
                socket.Reset();
            }
        }

        return attacks;
    }

    private static byte[] Attack(Random random) =>
        random.Next(8) switch
        {
            0 => Garbage(random),
            1 => Latin("GET / HTTP/1.1\r\n\r\n"),
            2 => Latin("\x16\x03\x01\x02\x00"),
            3 => Latin("ECHO half a li"),
            4 => Latin(new string('x', 100_000)),
            5 => Latin(string.Concat(Enumerable.Repeat("nonsense\n", 200))),
            6 => Latin(string.Concat(Enumerable.Repeat("HELP\n", 10_000))),
            _ => [],
        };

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(1, 10_000)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Latin(string characters) => Encoding.Latin1.GetBytes(characters);
}
