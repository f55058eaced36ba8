using System.Collections.Immutable;
using System.Text.Json;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>What becomes of results: printed and judged.</summary>
/// <param name="Goals">What they have to come to.</param>
/// <param name="Json">Whether they are for a program.</param>
/// <param name="Colours">Whether they are coloured for people.</param>
/// <param name="Surroundings">Where to print.</param>
internal sealed record Reporter(
    ImmutableArray<Goal> Goals,
    bool Json,
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
            : report.IsInterrupted ? ExitCodes.Success.Code
            : Judge(summary);
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
