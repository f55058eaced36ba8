using System.Globalization;
using Spectre.Console;
using TinyTcp.Cli.Benching.Looping;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>What people see of a run while it goes on: the same lines, written over again.</summary>
/// <param name="Load">What is borne.</param>
/// <param name="Surroundings">Where to write.</param>
/// <param name="Colours">Whether to colour.</param>
/// <param name="IsShown">Whether there is anybody to see it.</param>
internal sealed record LiveView(Load Load, Surroundings Surroundings, bool Colours, bool IsShown)
{
    private const string EraseBelow = "\u001b[J";

    private int lines;

    /// <summary>How often it changes.</summary>
    internal static TimeSpan Every { get; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows how far it is.</summary>
    internal void Show(Ledger ledger, long now)
    {
        if (IsShown)
        {
            // With a line more the terminal would push the first one out of reach.
            var rows = Math.Max(1, Surroundings.Terminal().Height() - 1);
            var frame = Frame(ledger, now, rows).TrimEnd('\n').Split('\n').Take(rows).ToList();
            Surroundings.Output.Write($"{Home()}{string.Join('\n', frame)}\n");
            lines = frame.Count;
        }
    }

    /// <summary>Takes it away.</summary>
    internal void End()
    {
        if (lines > 0)
        {
            Surroundings.Output.Write(Home());
        }
    }

    private string Home() =>
        lines == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\u001b[{lines}A\r{EraseBelow}");

    private string Frame(Ledger ledger, long now, int rows)
    {
        using var frame = new StringWriter { NewLine = "\n" };
        var console = Looks.On(frame, Colours, Surroundings.Terminal());
        console.WriteLine(Drawing.Describe(Load));
        if (ledger.HasBegun(out var window))
        {
            Draw(console, ledger, window, now);
            DrawHistogram(console, ledger, rows - frame.ToString().Count(static letter => letter == '\n'));
        }
        else
        {
            console.WriteLine("Connecting");
        }

        return frame.ToString();
    }

    private void Draw(IAnsiConsole console, Ledger ledger, Window window, long now)
    {
        if (now < window.From || ledger.All.Requests == 0)
        {
            console.WriteLine("Warming up");
            return;
        }

        var report = new Report(ledger.Target, Load, default, default)
        {
            Seconds = (Math.Min(now, window.Until) - window.From) / 1e9,
            Measured = ledger.All,
        };
        var summary = report.Summary;
        console.WriteLine(
            $"{Drawing.Throughput(summary)} (of {Drawing.Number(Load.Duration.TotalSeconds)} s{Rest(window, now)})"
        );
        console.Write(Drawing.Percentiles(summary.Latencies));
        console.WriteLine();
    }

    private static void DrawHistogram(IAnsiConsole console, Ledger ledger, int rows)
    {
        if (rows > 0 && ledger.All.Requests > 0)
        {
            console.Write(Drawing.Histogram(ledger.All.FromDue, Math.Min(rows, Drawing.BarRows)));
        }
    }

    private static string Rest(Window window, long now) =>
        now < window.Until ? "" : ", waiting for the last replies";
}
