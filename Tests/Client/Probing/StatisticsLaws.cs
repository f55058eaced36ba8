using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Probing;
using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probing;

/// <summary>What is said of many probes is what counting them one by one comes to.</summary>
public class StatisticsLaws
{
    private static readonly Target Here = TestValues.Right(Target.From("127.0.0.1:40000"));

    [Law]
    public void A_percentile_is_the_least_time_that_so_many_do_not_exceed_or_nothing_of_too_few(
        Measured measured
    )
    {
        var spread = Of(measured);
        Assert.Equal(Rank(measured, 50, fewest: 1), spread.Median);
        Assert.Equal(Rank(measured, 90, fewest: 10), spread.P90);
        Assert.Equal(Rank(measured, 99, fewest: 100), spread.P99);
    }

    [Law]
    public void The_least_the_greatest_and_the_mean_are_those_of_the_times(Measured measured)
    {
        var (spread, times) = (Of(measured), measured.Times);
        Assert.Equal(OfAny(times, static all => all.Min()), spread.Min);
        Assert.Equal(OfAny(times, static all => all.Max()), spread.Max);
        Assert.Equal(
            OfAny(
                times,
                static all => TimeSpan.FromTicks((long)all.Average(static time => (decimal)time.Ticks))
            ),
            spread.Mean
        );
    }

    [Law]
    public void Jitter_is_the_mean_difference_of_a_time_and_the_one_before(Measured measured)
    {
        var times = measured.Times;
        var steps = times
            .Skip(1)
            .Zip(times, static (next, last) => Math.Abs(next.Ticks - last.Ticks))
            .ToArray();
        Assert.Equal(
            steps.Length == 0 ? Option<TimeSpan>.None : TimeSpan.FromTicks(steps.Sum() / steps.Length),
            Of(measured).Jitter
        );
    }

    [Law]
    public void Loss_and_outage_are_those_of_the_probes_one_by_one(Rounds rounds)
    {
        var samples = rounds.Of(Here);
        var series = samples.Aggregate(new Series(Here), static (all, sample) => all.Add(sample));

        Assert.Equal(samples.Length, series.Sent);
        Assert.Equal(samples.Count(static sample => !sample.IsAnswered), series.Lost);
        Assert.Equal(samples.Length == 0 ? 0 : 100.0 * series.Lost / samples.Length, series.LossPercent);
        Assert.Equal(Outages(samples).DefaultIfEmpty().Max(), series.LongestOutage);
    }

    [Law]
    public void A_run_ends_by_how_many_were_answered(Rounds rounds)
    {
        var samples = rounds.Of(Here);
        var tally = samples.Aggregate(Tally.Empty, static (all, sample) => all.Add(sample));
        var answered = samples.Count(static sample => sample.IsAnswered);

        Assert.Equal(
            samples.IsEmpty ? Option<int>.None
                : answered == samples.Length ? 0
                : answered > 0 ? 12
                : 6,
            tally.Outcome.Map(static code => code.Code)
        );
    }

    [Law]
    public void A_name_without_an_address_is_no_address_once_it_has_some(Rounds before, Rounds after)
    {
        var name = TestValues.Right(Target.From("localhost:40000"));
        var none = before.Of(name).Aggregate(Tally.Empty, static (all, sample) => all.Add(sample));
        Assert.Equal([name], none.Known(name).AsEnumerable());

        var found = after.Of(Here).Aggregate(none, static (all, sample) => all.Add(sample));
        Assert.Equal([after.All.IsEmpty ? name : Here], found.Known(name).AsEnumerable());
    }

    [Law]
    public void A_time_is_kept_in_five_digits_and_hardly_changed_by_it(Measured measured) =>
        Assert.All(
            measured.Times,
            static time =>
            {
                var kept = Precision.Kept(time);
                Assert.Equal(kept, Precision.Kept(kept));
                Assert.InRange((kept - time).Duration().Ticks, 0, Math.Max(5, time.Ticks / 20_000));
                Assert.True($"{kept.Ticks / TimeSpan.TicksPerMicrosecond}".TrimEnd('0').Length <= 5);
                Assert.Equal(0, kept.Ticks % TimeSpan.TicksPerMicrosecond);
            }
        );

    private static Spread Of(Measured measured) =>
        measured.Times.Aggregate(Spread.Empty, static (all, time) => all.Add(time));

    private static Option<TimeSpan> Rank(Measured measured, int percent, int fewest) =>
        measured.Times.Length < fewest
            ? default
            : OfAny(
                measured.Times,
                times =>
                    times
                        .Where(one => 100 * times.Count(other => other <= one) >= percent * times.Length)
                        .Min()
            );

    private static Option<TimeSpan> OfAny(
        ImmutableArray<TimeSpan> times,
        Func<ImmutableArray<TimeSpan>, TimeSpan> of
    ) => times.IsEmpty ? Option<TimeSpan>.None : of(times);

    /// <summary>From each lost probe to the next answer, or to the end.</summary>
    private static IEnumerable<TimeSpan> Outages(ImmutableArray<Sample> samples) =>
        from lost in samples
        where !lost.IsAnswered
        let end = samples.FirstOrDefault(other => other.IsAnswered && other.Sequence > lost.Sequence)
            ?? samples[^1]
        select end.End - lost.Start;
}
