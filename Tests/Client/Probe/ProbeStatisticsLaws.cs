using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Probe;
using TinyTcp.Cli.Statistics;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Client.Statistics;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>The statistics of probes against the same computed from the list of probes.</summary>
public class ProbeStatisticsLaws
{
    private static readonly ServerEndPoint Address = TestValues.Right(ServerEndPoint.From("127.0.0.1:40000"));

    [Law]
    public void Min_max_and_mean_are_exact(MeasuredTimes measured)
    {
        var times = measured.Times;
        Assert.Equal(IfAny(times, static all => all.Min()), ValueOf(times, "min"));
        Assert.Equal(IfAny(times, static all => all.Max()), ValueOf(times, "max"));
        Assert.Equal(
            IfAny(times, static all => all.Aggregate(static (sum, time) => sum + time) / all.Count),
            ValueOf(times, "mean")
        );
    }

    [Law]
    public void A_percentile_is_at_least_the_minimum_and_at_most_the_maximum(MeasuredTimes measured)
    {
        var times = measured.Times;
        Assert.Equal(times.Count > 0, ValueOf(times, "median").IsSome);
        Assert.Equal(times.Count >= Percentile.P90.MinCount, ValueOf(times, "p90").IsSome);
        Assert.Equal(times.Count >= Percentile.P99.MinCount, ValueOf(times, "p99").IsSome);
        Assert.All(
            new[] { "median", "p90", "p99" },
            name => ValueOf(times, name).Iter(value => Assert.InRange(value, times.Min(), times.Max()))
        );
    }

    [Law]
    public void Jitter_is_the_mean_difference_of_successive_times(MeasuredTimes measured)
    {
        var differences = measured
            .Times.Zip(measured.Times.Skip(1), static (last, next) => (next - last).Duration())
            .ToList();
        Assert.Equal(
            IfAny(differences, static all => all.Aggregate(static (sum, one) => sum + one) / all.Count),
            ValueOf(measured.Times, "jitter")
        );
    }

    [Law]
    public void Loss_and_outage_match_a_count_of_single_probes(ProbeRounds rounds)
    {
        var samples = rounds.SamplesOf(Address);
        var all = new ProbeStatistics();
        Run(all, samples, rounds.Goodbyes);
        var statistics = Assert.Single(all.Addresses);

        Assert.Equal(samples.Length, statistics.Sent);
        Assert.Equal(samples.Count(static sample => !sample.IsAnswered), statistics.Lost);
        Assert.Equal(100.0 * statistics.Lost / samples.Length, statistics.LossPercent);
        Assert.Equal(Outages(samples).DefaultIfEmpty().Max(), statistics.LongestOutage);
    }

    [Law]
    public void Probes_that_the_end_of_the_run_cancels_are_unfinished_and_nothing_else(
        ProbeRounds rounds,
        ProbeRounds cancelled
    )
    {
        var statistics = StatisticsOf(rounds.SamplesOf(Address));
        var (sent, outage) = (statistics.Of(Address).Sent, statistics.Of(Address).LongestOutage);
        var starts = cancelled.SamplesOf(Address).Select(static sample => sample.Start).ToList();
        starts.ForEach(statistics.Of(Address).Start);
        statistics.End(starts[^1]);

        Assert.Equal(starts.Count, statistics.Unfinished);
        Assert.Equal(starts[^1] - starts[0], TestValues.Given(statistics.Of(Address).LongestWait));
        Assert.Equal((sent, outage), (statistics.Of(Address).Sent, statistics.Of(Address).LongestOutage));
    }

    [Law]
    public void The_exit_code_follows_the_number_of_answered_probes(ProbeRounds rounds)
    {
        var samples = rounds.SamplesOf(Address);
        var answered = samples.Count(static sample => sample.IsAnswered);
        Assert.Equal(
            answered == samples.Length ? 0
                : answered > 0 ? 12
                : 6,
            TestValues.Given(StatisticsOf(samples).ExitCode).Code
        );
    }

    [Law]
    public void An_unresolved_name_is_replaced_by_its_addresses_once_resolved(
        ProbeRounds before,
        ProbeRounds after
    )
    {
        var name = TestValues.Right(ServerEndPoint.From("localhost:40000"));
        var statistics = StatisticsOf(before.SamplesOf(name));
        Assert.Equal([name], statistics.AddressesOf(name).AsEnumerable());

        Run(statistics, after.SamplesOf(Address), after.Goodbyes);
        Assert.Equal([Address], statistics.AddressesOf(name).AsEnumerable());
    }

    [Fact]
    public void Without_probes_there_is_no_exit_code() => Assert.True(StatisticsOf([]).ExitCode.IsNone);

    private static ProbeStatistics StatisticsOf(IEnumerable<ProbeSample> samples)
    {
        var statistics = new ProbeStatistics();
        Run(statistics, samples, samples.Select(static _ => TimeSpan.Zero));
        return statistics;
    }

    /// <summary>Starts and ends the probes in the order of the times.</summary>
    private static void Run(
        ProbeStatistics statistics,
        IEnumerable<ProbeSample> samples,
        IEnumerable<TimeSpan> goodbyes
    )
    {
        var starts = samples.Select(sample =>
            (
                Time: sample.Start,
                Order: 1,
                Handle: (Action)(() => statistics.Of(sample.Address).Start(sample.Start))
            )
        );
        var ends = samples.Zip(
            goodbyes,
            (sample, goodbye) =>
                (Time: sample.End + goodbye, Order: 0, Handle: (Action)(() => statistics.Add(sample)))
        );
        foreach (var (_, _, handle) in starts.Concat(ends).OrderBy(each => (each.Time, each.Order)))
        {
            handle();
        }
    }

    private static Option<TimeSpan> ValueOf(IEnumerable<TimeSpan> times, string statistic)
    {
        var distribution = new Distribution();
        foreach (var time in times)
        {
            distribution.Add(time);
        }

        return Distribution.Statistics.Single(row => row.Name == statistic).Of(distribution);
    }

    private static Option<TimeSpan> IfAny(
        IReadOnlyList<TimeSpan> times,
        Func<IReadOnlyList<TimeSpan>, TimeSpan> statistic
    ) => times.Count == 0 ? Option<TimeSpan>.None : statistic(times);

    /// <summary>From the start of each lost probe to the next reply, or to the end of the last probe.</summary>
    private static IEnumerable<TimeSpan> Outages(ImmutableArray<ProbeSample> samples) =>
        from lost in samples
        where !lost.IsAnswered
        let replies = from sample in samples
        where sample.IsAnswered && sample.End > lost.Start
        select sample.End
        select replies.DefaultIfEmpty(samples.Max(static sample => sample.End)).Min() - lost.Start;
}
