using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Probe;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>What is said of many probes is what counting them one by one comes to.</summary>
public class ProbeStatisticsLaws
{
    private static readonly ServerEndPoint Address = TestValues.Right(ServerEndPoint.From("127.0.0.1:40000"));

    [Law]
    public void A_percentile_is_the_nearest_rank_or_none_of_too_few_times(MeasuredTimes measured)
    {
        var spread = DistributionOf(measured);
        Assert.Equal(Rank(measured, 50, minCount: 1), spread.Median);
        Assert.Equal(Rank(measured, 90, minCount: 10), spread.P90);
        Assert.Equal(Rank(measured, 99, minCount: 100), spread.P99);
    }

    [Law]
    public void Min_max_and_mean_match_the_times(MeasuredTimes measured)
    {
        var (spread, times) = (DistributionOf(measured), measured.Times);
        Assert.Equal(IfAny(times, static all => all.Min()), spread.Min);
        Assert.Equal(IfAny(times, static all => all.Max()), spread.Max);
        Assert.Equal(
            IfAny(
                times,
                static all => TimeSpan.FromTicks((long)all.Average(static time => (decimal)time.Ticks))
            ),
            spread.Mean
        );
    }

    [Law]
    public void Jitter_is_the_mean_difference_of_successive_times(MeasuredTimes measured)
    {
        var times = measured.Times;
        var steps = times
            .Skip(1)
            .Zip(times, static (next, last) => Math.Abs(next.Ticks - last.Ticks))
            .ToArray();
        Assert.Equal(
            steps.Length == 0 ? Option<TimeSpan>.None : TimeSpan.FromTicks(steps.Sum() / steps.Length),
            DistributionOf(measured).Jitter
        );
    }

    [Law]
    public void Loss_and_outage_match_a_count_of_single_probes(ProbeRounds rounds)
    {
        var samples = rounds.SamplesOf(Address);
        var series = samples.Aggregate(
            new AddressStatistics(Address),
            static (all, sample) => all.Add(sample)
        );

        Assert.Equal(samples.Length, series.Sent);
        Assert.Equal(samples.Count(static sample => !sample.IsAnswered), series.Lost);
        Assert.Equal(samples.Length == 0 ? 0 : 100.0 * series.Lost / samples.Length, series.LossPercent);
        Assert.Equal(Outages(samples).DefaultIfEmpty().Max(), series.LongestOutage);
    }

    [Law]
    public void The_exit_code_follows_the_number_of_answered_probes(ProbeRounds rounds)
    {
        var samples = rounds.SamplesOf(Address);
        var tally = samples.Aggregate(ProbeStatistics.Empty, static (all, sample) => all.Add(sample));
        var answered = samples.Count(static sample => sample.IsAnswered);

        Assert.Equal(
            samples.IsEmpty ? Option<int>.None
                : answered == samples.Length ? 0
                : answered > 0 ? 12
                : 6,
            tally.ExitCode.Map(static code => code.Code)
        );
    }

    [Law]
    public void An_unresolved_name_is_replaced_by_its_addresses_once_resolved(
        ProbeRounds before,
        ProbeRounds after
    )
    {
        var name = TestValues.Right(ServerEndPoint.From("localhost:40000"));
        var none = before
            .SamplesOf(name)
            .Aggregate(ProbeStatistics.Empty, static (all, sample) => all.Add(sample));
        Assert.Equal([name], none.AddressesOf(name).AsEnumerable());

        var found = after.SamplesOf(Address).Aggregate(none, static (all, sample) => all.Add(sample));
        Assert.Equal([after.Items.IsEmpty ? name : Address], found.AddressesOf(name).AsEnumerable());
    }

    [Law]
    public void A_time_is_rounded_to_five_digits(MeasuredTimes measured) =>
        Assert.All(
            measured.Times,
            static time =>
            {
                var kept = TimePrecision.Round(time);
                Assert.Equal(kept, TimePrecision.Round(kept));
                Assert.InRange((kept - time).Duration().Ticks, 0, Math.Max(5, time.Ticks / 20_000));
                Assert.True($"{kept.Ticks / TimeSpan.TicksPerMicrosecond}".TrimEnd('0').Length <= 5);
                Assert.Equal(0, kept.Ticks % TimeSpan.TicksPerMicrosecond);
            }
        );

    private static Distribution DistributionOf(MeasuredTimes measured) =>
        measured.Times.Aggregate(Distribution.Empty, static (all, time) => all.Add(time));

    private static Option<TimeSpan> Rank(MeasuredTimes measured, int percent, int minCount) =>
        measured.Times.Length < minCount
            ? default
            : IfAny(
                measured.Times,
                times =>
                    times
                        .Where(one => 100 * times.Count(other => other <= one) >= percent * times.Length)
                        .Min()
            );

    private static Option<TimeSpan> IfAny(
        ImmutableArray<TimeSpan> times,
        Func<ImmutableArray<TimeSpan>, TimeSpan> of
    ) => times.IsEmpty ? Option<TimeSpan>.None : of(times);

    /// <summary>From each lost probe to the next answer, or to the end.</summary>
    private static IEnumerable<TimeSpan> Outages(ImmutableArray<ProbeSample> samples) =>
        from lost in samples
        where !lost.IsAnswered
        let end = samples.FirstOrDefault(other => other.IsAnswered && other.Sequence > lost.Sequence)
            ?? samples[^1]
        select end.End - lost.Start;
}
