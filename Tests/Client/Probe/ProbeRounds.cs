using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Probe;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Client.Statistics;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>
/// The probes of a run: the time since the start of the one before, how long it takes, whether it is answered, and how long the
/// goodbye takes after that. Probes overlap.
/// </summary>
public sealed record ProbeRounds(
    ImmutableArray<(TimeSpan Pause, TimeSpan Taken, bool IsAnswered, TimeSpan Goodbye)> Items
)
{
    private static readonly ClientError Lost = new ClientError.TimedOut(
        PendingOperation.Greeting,
        TimeSpan.FromSeconds(1)
    );

    private static readonly Gen<TimeSpan> Duration = MeasuredTimes.Duration.Select(static nanoseconds =>
        TimeSpan.FromTicks(1 + (nanoseconds / TimeSpan.NanosecondsPerTick))
    );

    internal static Gen<ProbeRounds> Any { get; } =
        from count in Gen.Choose(1, 40)
        from rounds in (
            from pause in Duration
            from taken in Duration
            from isAnswered in Gen.Elements(true, false)
            from goodbye in Duration
            select (pause, taken, isAnswered, isAnswered ? goodbye : TimeSpan.Zero)
        ).ArrayOf(count)
        select new ProbeRounds([.. rounds]);

    internal static IEnumerable<ProbeRounds> Shrink(ProbeRounds rounds) =>
        Shrinking
            .Shorter(rounds.Items)
            .Where(static items => items.Length > 0)
            .Select(static items => new ProbeRounds([.. items]));

    public override string ToString() => string.Join("; ", Items);

    /// <summary>How long the goodbye of each probe takes.</summary>
    internal IEnumerable<TimeSpan> Goodbyes => Items.Select(static item => item.Goodbye);

    /// <summary>The probes of one address.</summary>
    internal ImmutableArray<ProbeSample> SamplesOf(ServerEndPoint address)
    {
        var samples = ImmutableArray.CreateBuilder<ProbeSample>();
        var start = TimeSpan.Zero;
        foreach (var (pause, taken, isAnswered, _) in Items)
        {
            start += pause;
            var result = isAnswered
                ? new ProbeResult(taken / 2, taken / 4, taken / 4, default)
                : ProbeResult.Failed(Lost);
            samples.Add(
                new ProbeSample(
                    address,
                    samples.Count + 1,
                    TestValues.Moment + start,
                    start,
                    start + taken,
                    result
                )
            );
        }

        return samples.ToImmutable();
    }
}
