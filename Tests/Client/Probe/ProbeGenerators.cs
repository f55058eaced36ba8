using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Probe;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>Times that were measured: from none to some hundreds, many of them equal, from nothing to hours.</summary>
public sealed record MeasuredTimes(ImmutableArray<TimeSpan> Times)
{
    public override string ToString() =>
        $"[{string.Join(", ", Times.Select(static time => time.TotalMilliseconds))}] ms";
}

/// <summary>The rounds of a run: how long after the one before each begins, how long it takes, and whether it is answered.</summary>
public sealed record ProbeRounds(ImmutableArray<(TimeSpan Pause, TimeSpan Taken, bool IsAnswered)> Items)
{
    private static readonly ClientError Lost = new ClientError.TimedOut(
        PendingOperation.Greeting,
        TimeSpan.FromSeconds(1)
    );

    public override string ToString() => string.Join("; ", Items);

    /// <summary>The probes of one address.</summary>
    internal ImmutableArray<ProbeSample> SamplesOf(ServerEndPoint endPoint)
    {
        var samples = ImmutableArray.CreateBuilder<ProbeSample>();
        var now = TimeSpan.Zero;
        foreach (var (pause, taken, isAnswered) in Items)
        {
            var start = now + pause;
            now = start + taken;
            var result = isAnswered
                ? new ProbeResult(taken / 2, taken / 4, taken / 4, default)
                : ProbeResult.Failed(Lost);
            samples.Add(
                new ProbeSample(endPoint, samples.Count + 1, TestValues.Moment + start, start, now, result)
            );
        }

        return samples.ToImmutable();
    }
}

/// <summary>Where runs of probes come from.</summary>
internal static class ProbeGenerators
{
    private static readonly Gen<TimeSpan> Durations = Gen.OneOf(
            Gen.Choose(0, 5).Select(static few => few * 10L),
            Gen.Choose(0, 1_000_000).Select(static some => (long)some),
            Gen.Choose(0, int.MaxValue).Select(static many => many * 20L)
        )
        .Select(TimeSpan.FromTicks);

    internal static Gen<MeasuredTimes> MeasuredTimes { get; } =
        from count in Gen.OneOf(Gen.Choose(0, 12), Gen.Choose(90, 110), Gen.Choose(0, 400))
        from times in Durations.ArrayOf(count)
        select new MeasuredTimes([.. times]);

    internal static Gen<ProbeRounds> Rounds { get; } =
        from count in Gen.Choose(0, 40)
        from rounds in (
            from pause in Durations
            from taken in Durations
            from answered in Gen.Elements(true, false)
            select (pause, taken, answered)
        ).ArrayOf(count)
        select new ProbeRounds([.. rounds]);

    internal static IEnumerable<MeasuredTimes> Shrink(MeasuredTimes measured) =>
        Shrinking.Shorter(measured.Times.ToArray()).Select(static times => new MeasuredTimes([.. times]));

    internal static IEnumerable<ProbeRounds> Shrink(ProbeRounds rounds) =>
        Shrinking.Shorter(rounds.Items.ToArray()).Select(static all => new ProbeRounds([.. all]));
}
