using System.Globalization;
using Spectre.Console;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>What people see of a run while it goes on: the same lines, written over again.</summary>
/// <param name="load">What is borne.</param>
/// <param name="surroundings">Where to write.</param>
/// <param name="colours">Whether to colour.</param>
/// <param name="isShown">Whether there is anybody to see it.</param>
internal sealed class LiveView(Load load, Surroundings surroundings, bool colours, bool isShown)
{
    // Row by row: some terminals keep what is erased from their first row on, and it would pile up.
    private const string EraseRest = "\u001b[K\n";
    private const string EraseBelow = "\u001b[J";

    private int lines;

    /// <summary>How often it changes.</summary>
    internal static TimeSpan Every { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows how far it is.</summary>
    internal void Show(ILoad loop, long now)
    {
        if (isShown)
        {
            // With a line more the terminal would push the first one out of reach.
            var rows = Math.Max(1, surroundings.Terminal().Height() - 1);
            var frame = Frame(loop, now, rows).TrimEnd('\n').Split('\n').Take(rows).ToList();
            surroundings.Output.Write(
                $"{Home()}{string.Concat(frame.Select(static line => line + EraseRest))}{EraseBelow}"
            );
            lines = frame.Count;
        }
    }

    /// <summary>Takes it away.</summary>
    internal void End()
    {
        if (lines > 0)
        {
            surroundings.Output.Write(
                $"{Home()}{string.Concat(Enumerable.Repeat(EraseRest, lines))}{Home()}"
            );
        }
    }

    private string Home() =>
        lines == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\u001b[{lines}A\r");

    private string Frame(ILoad loop, long now, int rows)
    {
        using var frame = new StringWriter { NewLine = "\n" };
        var console = Looks.On(frame, colours, surroundings.Terminal());
        console.WriteLine(Drawing.Describe(load));
        if (loop.Window.IsSome)
        {
            var measured = loop.Handover.Read();
            Draw(console, measured, (Window)loop.Window, now);
            DrawHistogram(console, measured, rows - frame.ToString().Count(static letter => letter == '\n'));
        }
        else
        {
            console.WriteLine("Connecting");
        }

        return frame.ToString();
    }

    private void Draw(IAnsiConsole console, Measured measured, Window window, long now)
    {
        if (now < window.From || measured.Requests == 0)
        {
            console.WriteLine(now < window.From ? "Warming up" : "No reply yet");
            return;
        }

        var summary = Summary.Of(load, measured, (Math.Min(now, window.Until) - window.From) / 1e9);
        console.WriteLine(
            $"{Drawing.Throughput(summary)} (of {load.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s{Rest(window, now)})"
        );
        console.Write(Drawing.Percentiles(summary.Latencies));
        console.WriteLine();
    }

    private static void DrawHistogram(IAnsiConsole console, Measured measured, int rows)
    {
        if (rows > 0 && measured.Requests > 0)
        {
            console.Write(
                Drawing.Histogram(measured.FromDue, console.Profile.Width, Math.Min(rows, Drawing.BarRows))
            );
        }
    }

    private static string Rest(Window window, long now) =>
        now < window.Until ? "" : ", waiting for the last replies";
}
