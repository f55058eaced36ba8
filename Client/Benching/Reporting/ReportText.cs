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
        var right = summary.Replies > 0 ? ", every reply right" : "";
        console.WriteLine($"{Drawing.Throughput(summary)}{right}");
        if (summary.Late + summary.Unanswered > 0)
        {
            console.WriteLine(Drawing.Behind(summary));
        }

        var judged = report.Measured.FromDue;
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

        report.Noise.Iter(Draw);
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
