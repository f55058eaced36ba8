using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Probing;
using TinyTcp.Client;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Probing;

/// <summary>Times that were measured: from none to some hundreds, many of them equal, from nothing to hours.</summary>
public sealed record Measured(ImmutableArray<TimeSpan> Times)
{
    public override string ToString() =>
        $"[{string.Join(", ", Times.Select(static time => time.TotalMilliseconds))}] ms";
}

/// <summary>The rounds of a run: how long after the one before each begins, how long it takes, and whether it is answered.</summary>
public sealed record Rounds(ImmutableArray<(TimeSpan Pause, TimeSpan Taken, bool IsAnswered)> All)
{
    private static readonly ClientError Lost = new ClientError.TimedOut(
        Awaited.Greeting,
        TimeSpan.FromSeconds(1)
    );

    public override string ToString() => string.Join("; ", All);

    /// <summary>The probes of one address.</summary>
    internal ImmutableArray<Sample> Of(Target address)
    {
        var samples = ImmutableArray.CreateBuilder<Sample>();
        var now = TimeSpan.Zero;
        foreach (var (pause, taken, isAnswered) in All)
        {
            var start = now + pause;
            now = start + taken;
            var result = isAnswered
                ? new ProbeResult(taken / 2, taken / 4, taken / 4, default)
                : ProbeResult.Failed(Lost);
            samples.Add(
                new Sample(address, samples.Count + 1, TestValues.Moment + start, start, now, result)
            );
        }

        return samples.ToImmutable();
    }
}

/// <summary>Where runs of probes come from.</summary>
internal static class Runs
{
    private static readonly Gen<TimeSpan> Time = Gen.OneOf(
            Gen.Choose(0, 5).Select(static few => few * 10L),
            Gen.Choose(0, 1_000_000).Select(static some => (long)some),
            Gen.Choose(0, int.MaxValue).Select(static many => many * 20L)
        )
        .Select(TimeSpan.FromTicks);

    internal static Gen<Measured> Measured { get; } =
        from count in Gen.OneOf(Gen.Choose(0, 12), Gen.Choose(90, 110), Gen.Choose(0, 400))
        from times in Time.ArrayOf(count)
        select new Measured([.. times]);

    internal static Gen<Rounds> Rounds { get; } =
        from count in Gen.Choose(0, 40)
        from rounds in (
            from pause in Time
            from taken in Time
            from answered in Gen.Elements(true, false)
            select (pause, taken, answered)
        ).ArrayOf(count)
        select new Rounds([.. rounds]);

    internal static IEnumerable<Measured> Shrink(Measured measured) =>
        Shrinking.Shorter(measured.Times.ToArray()).Select(static times => new Measured([.. times]));

    internal static IEnumerable<Rounds> Shrink(Rounds rounds) =>
        Shrinking.Shorter(rounds.All.ToArray()).Select(static all => new Rounds([.. all]));
}
