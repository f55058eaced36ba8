using System.Collections.Immutable;
using System.Text.Json;
using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>What becomes of results: printed, saved, judged.</summary>
/// <param name="Goals">What they have to come to.</param>
/// <param name="Json">Whether they are for a program.</param>
/// <param name="File">Where they are saved, if anywhere.</param>
/// <param name="Colours">Whether they are coloured for people.</param>
/// <param name="Surroundings">Where to print.</param>
internal sealed record Reporter(
    ImmutableArray<Goal> Goals,
    bool Json,
    Option<FileStream> File,
    bool Colours,
    Surroundings Surroundings
)
{
    /// <summary>What is seen of a run while it goes on.</summary>
    internal LiveView View(Load load) =>
        new(
            load,
            Surroundings,
            Colours,
            isShown: !Json && Surroundings.Terminal().Output && !Surroundings.IsDumb
        );

    /// <summary>Tells what a run came to.</summary>
    /// <returns>The exit code: of what went wrong, or of the goals, which a run that was interrupted does not have to reach.</returns>
    internal int Tell(Report report)
    {
        // First of all: who reads what is printed may be gone.
        var unsaved = File.Filter(_ => report.Error.IsNone).Bind(file => Save(file, report));
        var summary = report.Summary;
        if (Json)
        {
            Print(ReportForm.Of(report, summary, Goals));
        }
        else if (report.Error.IsNone)
        {
            new ReportText(Console).Draw(report, summary, Goals);
        }

        return report.Error.IsSome ? report.Error.Map(Complaint.Of).Map(Say).IfNone(0)
            : unsaved.IsSome ? unsaved.Map(Say).IfNone(0)
            : report.IsInterrupted ? ExitCodes.Success.Code
            : Judge(summary);
    }

    private static Option<Complaint> Save(FileStream file, Report report) =>
        report.Measured.FromDue.TotalCount > 0
            ? HistogramFile.Save(file, report.Began, report.Ended, report.Latencies)
        : report.IsInterrupted ? default
        : Complaint.Usage("Nothing was measured, and so nothing saved: give more seconds.");

    /// <summary>Tells what files that were merged come to.</summary>
    /// <returns>The exit code.</returns>
    internal int Tell(ImmutableArray<(string Name, HistogramBase Latencies)> merged)
    {
        var summary = Summary.Of(merged);
        var now = Surroundings.Time.GetUtcNow();
        var unsaved = File.Bind(file => HistogramFile.Save(file, now, now, merged));
        if (Json)
        {
            Print(ReportForm.Of(summary, Goals));
        }
        else
        {
            new ReportText(Console).Draw(summary, Goals, merged[0].Latencies);
        }

        return unsaved.IsSome ? unsaved.Map(Say).IfNone(0) : Judge(summary);
    }

    private Spectre.Console.IAnsiConsole Console =>
        Looks.On(Surroundings.Output, Colours, Surroundings.Terminal());

    private void Print(ReportForm form) =>
        Surroundings.Output.WriteLine(JsonSerializer.Serialize(form, ReportJson.Default.ReportForm));

    private int Say(Complaint complaint) => complaint.Tell(Surroundings.Error);

    private int Judge(Summary summary)
    {
        var missed = Goals.Where(goal => !goal.IsReached(summary)).ToList();
        return missed.Count == 0
            ? ExitCodes.Success.Code
            : Say(
                new Complaint(
                    ExitCodes.GoalMissed,
                    $"The goal {missed[0]} was missed: {missed[0].Show(summary)}."
                )
            );
    }
}
