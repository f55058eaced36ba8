using System.Globalization;
using Spectre.Console;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>What people see of a run while it goes on: the same lines, written over again.</summary>
/// <param name="profile">What is borne.</param>
/// <param name="environment">Where to write.</param>
/// <param name="useColors">Whether to colour.</param>
/// <param name="isEnabled">Whether there is anybody to see it.</param>
internal sealed class LiveView(
    LoadProfile profile,
    CliEnvironment environment,
    bool useColors,
    bool isEnabled
)
{
    // Row by row: some terminals keep what is erased from their first row on, and it would pile up.
    private const string EraseRestOfLine = "\u001b[K\n";
    private const string EraseBelow = "\u001b[J";

    private int lineCount;

    /// <summary>How often it changes.</summary>
    internal static TimeSpan RefreshInterval { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows how far it is.</summary>
    internal void Update(ILoadLoop loop, long now)
    {
        if (isEnabled)
        {
            // With a line more the terminal would push the first one out of reach.
            var rows = Math.Max(1, environment.Terminal().GetHeight() - 1);
            var frame = Render(loop, now, rows).TrimEnd('\n').Split('\n').Take(rows).ToList();
            environment.Output.Write(
                $"{CursorHome()}{string.Concat(frame.Select(static line => line + EraseRestOfLine))}{EraseBelow}"
            );
            lineCount = frame.Count;
        }
    }

    /// <summary>Takes it away.</summary>
    internal void Hide()
    {
        if (lineCount > 0)
        {
            environment.Output.Write(
                $"{CursorHome()}{string.Concat(Enumerable.Repeat(EraseRestOfLine, lineCount))}{CursorHome()}"
            );
        }
    }

    private string CursorHome() =>
        lineCount == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\u001b[{lineCount}A\r");

    private string Render(ILoadLoop loop, long now, int rows)
    {
        using var frame = new StringWriter { NewLine = "\n" };
        var console = ConsoleFactory.Create(frame, useColors, environment.Terminal());
        console.WriteLine(ReportFormatter.Describe(profile));
        if (loop.Window.IsSome)
        {
            var measured = loop.Results.Read();
            Draw(console, measured, (MeasurementWindow)loop.Window, now);
            DrawHistogram(console, measured, rows - frame.ToString().Count(static letter => letter == '\n'));
        }
        else
        {
            console.WriteLine("Connecting");
        }

        return frame.ToString();
    }

    private void Draw(IAnsiConsole console, LoadResult result, MeasurementWindow window, long now)
    {
        if (now < window.From || result.Requests == 0)
        {
            console.WriteLine(now < window.From ? "Warming up" : "No reply yet");
            return;
        }

        var summary = LoadSummary.Of(profile, result, (Math.Min(now, window.Until) - window.From) / 1e9);
        console.WriteLine(
            $"{ReportFormatter.Throughput(summary)} (of {profile.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s{WaitingText(window, now)})"
        );
        console.Write(ReportFormatter.Percentiles(summary.Latencies));
        console.WriteLine();
    }

    private static void DrawHistogram(IAnsiConsole console, LoadResult result, int rows)
    {
        if (rows > 0 && result.Requests > 0)
        {
            console.Write(
                ReportFormatter.Histogram(
                    result.LatencyFromDue,
                    console.Profile.Width,
                    Math.Min(rows, ReportFormatter.MaxBars)
                )
            );
        }
    }

    private static string WaitingText(MeasurementWindow window, long now) =>
        now < window.Until ? "" : ", waiting for the last replies";
}
