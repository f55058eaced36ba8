using System.Collections.Immutable;
using Spectre.Console;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>A report for people.</summary>
/// <param name="console">Where it is drawn.</param>
internal sealed class ReportText(IAnsiConsole console)
{
    private const string Reached = "reached";
    private const string Missed = "MISSED";

    /// <summary>Draws what a run came to.</summary>
    internal void Draw(Report report, Summary summary, ImmutableArray<Goal> goals)
    {
        console.WriteLine(Printable.Of(report.Target));
        console.WriteLine(Drawing.Describe(report.Load));
        Draw(summary, goals, report.Latencies[0].Latencies);
        report.Noise.Iter(Draw);
    }

    /// <summary>Draws what latencies came to.</summary>
    internal void Draw(Summary summary, ImmutableArray<Goal> goals, HdrHistogram.HistogramBase judged)
    {
        if (summary.Seconds > 0)
        {
            var right = summary.Replies > 0 ? ", every reply right" : "";
            console.WriteLine($"{Drawing.Throughput(summary)}{right}");
        }
        else
        {
            console.WriteLine(Drawing.Number(judged.TotalCount, "request"));
        }

        if (summary.Late.IfNone(0) + summary.Unanswered.IfNone(0) > 0)
        {
            console.WriteLine(Drawing.Behind(summary));
        }

        if (judged.TotalCount > 0)
        {
            console.Write(Drawing.Percentiles(summary.Latencies));
            console.WriteLine();
            console.Write(Drawing.Histogram(judged, console.Profile.Width));
        }

        foreach (var goal in goals)
        {
            Draw(goal, summary);
        }
    }

    private void Draw(Goal goal, Summary summary)
    {
        var isReached = goal.IsReached(summary);
        var word = isReached ? $"[green]{Reached}[/]" : $"[red]{Missed}[/]";
        console.MarkupLine($"Goal {Markup.Escape($"{goal}")}: {word}, {Markup.Escape(goal.Show(summary))}");
    }

    private void Draw(Noise noise)
    {
        var (usual, longest) = (Percentile.P999, Percentile.Max);
        console.WriteLine(
            $"Noise: this machine took up to {Length.ShowLatency(longest.Of(noise.Gaps))} at once from a thread that only"
        );
        console.WriteLine(
            $"looked at the clock; {usual.Name} of the gaps it saw was {Length.ShowLatency(usual.Of(noise.Gaps))}."
        );
    }
}
