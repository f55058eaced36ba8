using System.Collections.Immutable;
using Spectre.Console;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Statistics;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>A report for people.</summary>
/// <param name="console">Where it is drawn.</param>
internal sealed class BenchTextReport(IAnsiConsole console)
{
    private const string Reached = "reached";
    private const string Missed = "MISSED";

    /// <summary>Draws what a run came to.</summary>
    internal void Draw(BenchResult result, LoadSummary summary, ImmutableArray<Goal> goals)
    {
        console.WriteLine(Sanitizer.Sanitize(result.Target));
        console.WriteLine(ReportFormatter.Describe(result.Load));
        var right = summary.Replies > 0 ? ", every reply right" : "";
        console.WriteLine($"{ReportFormatter.Throughput(summary)}{right}");
        if (summary.Late + summary.Unanswered > 0)
        {
            console.WriteLine(ReportFormatter.LateReplies(summary));
        }

        var judged = result.Measurements.LatencyFromDue;
        if (judged.TotalCount > 0)
        {
            console.Write(ReportFormatter.Percentiles(summary.Latencies));
            console.WriteLine();
            console.Write(ReportFormatter.Histogram(judged, console.Profile.Width));
        }

        foreach (var goal in goals)
        {
            Draw(goal, summary);
        }

        result.Jitter.Iter(Draw);
    }

    private void Draw(Goal goal, LoadSummary summary)
    {
        var isReached = goal.IsReached(summary);
        var word = isReached ? $"[green]{Reached}[/]" : $"[red]{Missed}[/]";
        console.MarkupLine(
            $"Goal {Markup.Escape($"{goal}")}: {word}, {Markup.Escape(goal.Describe(summary))}"
        );
    }

    private void Draw(SchedulingJitter jitter)
    {
        var (usual, longest) = (Percentile.P999, Percentile.Max);
        console.WriteLine(
            $"Noise: this machine took up to {DurationFormat.FormatLatency(longest.ValueIn(jitter.Gaps))} at once from a thread that only"
        );
        console.WriteLine(
            $"looked at the clock; {usual.Name} of the gaps it saw was {DurationFormat.FormatLatency(usual.ValueIn(jitter.Gaps))}."
        );
    }
}
