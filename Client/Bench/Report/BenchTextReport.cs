using System.Collections.Immutable;
using Spectre.Console;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Statistics;
using TinyTcp.Cli.Terminals;
using static System.FormattableString;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>Prints a result as text.</summary>
internal sealed class BenchTextReport(IAnsiConsole console)
{
    private const int LatencyColumns = 12;

    /// <summary>Prints a result.</summary>
    internal void Write(BenchResult result, ImmutableArray<Goal> goals)
    {
        var summary = result.Summary;
        console.WriteLine(Sanitizer.Sanitize(result.Target));
        WriteProfile(summary.Profile);
        var replies = summary.Result.Replies;
        console.WriteLine(
            $"{Throughput(replies, summary.Seconds)}{(replies > 0 ? ", every reply correct" : "")}"
        );
        WriteOtherRequests(summary.Result);
        if (summary.Result.LatencyFromDue.Count > 0)
        {
            console.Write(CreateTable(summary.Latencies));
            console.WriteLine();
        }

        foreach (var goal in goals)
        {
            var verdict = goal.IsReached(summary) ? "[green]reached[/]" : "[red]MISSED[/]";
            console.MarkupLine(
                $"Goal {Markup.Escape(goal.Text)}: {verdict}, {Markup.Escape(goal.Describe(summary))}"
            );
        }

        result.Jitter.Iter(WriteJitter);
    }

    /// <summary>The number and the rate of replies.</summary>
    internal static string Throughput(long replies, double seconds) =>
        Invariant(
            $"{Count(replies, "reply", "replies")} in {seconds:0.0} s: {(seconds > 0 ? replies / seconds : 0):N0} a second"
        );

    private void WriteProfile(LoadProfile profile)
    {
        var size = profile.Size.Map(static bytes => Invariant($" of {bytes} bytes")).IfNone("");
        var loop = profile
            .Rate.Map(static rate => Invariant($"open loop, {rate:N0} a second"))
            .IfNone("closed loop");
        var count = profile
            .Count.Map(static number => $", {Count(number, "request", "requests")}")
            .IfNone("");
        console.WriteLine($"{profile.Verb}{size}, {loop}{count}");
        console.WriteLine(
            Invariant($"{Count(profile.Connections, "connection", "connections")}, depth {profile.Depth:N0}")
        );
    }

    private void WriteOtherRequests(LoadResult result)
    {
        foreach (
            var (count, what) in new[]
            {
                (result.Late, "answered after the measurement"),
                (result.Unanswered, "never answered, counted with the wait so far"),
                (result.InFlight, "in flight when interrupted, not counted"),
            }
        )
        {
            if (count > 0)
            {
                console.WriteLine($"{Count(count, "request", "requests")} {what}");
            }
        }
    }

    private static Table CreateTable(ImmutableArray<(string Name, LatencyHistogram Values)> latencies)
    {
        var table = new Table().NoBorder().AddColumn("");
        foreach (var (name, _) in latencies)
        {
            table.AddColumn(new TableColumn(name).RightAligned().Width(LatencyColumns));
        }

        foreach (var statistic in LatencyHistogram.StatisticNames)
        {
            table.AddRow([
                statistic,
                .. latencies.Select(each => DurationFormat.FormatLatency(each.Values.ValueOf(statistic))),
            ]);
        }

        return table;
    }

    private void WriteJitter(LatencyHistogram gaps)
    {
        var (usual, longest) = (Percentile.P999, Percentile.Max);
        console.WriteLine(
            $"Scheduling jitter of this machine: {usual.Name} {Format(usual)}, {longest.Name} {Format(longest)}"
        );

        string Format(Percentile percentile) => DurationFormat.FormatLatency(gaps.ValueAt(percentile));
    }

    private static string Count(long number, string singular, string plural) =>
        Invariant($"{number:N0} {(number == 1 ? singular : plural)}");
}
