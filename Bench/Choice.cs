using System.Collections.Immutable;
using System.CommandLine;
using TinyTcp.Bench.Plan;

namespace TinyTcp.Bench;

/// <summary>What of the plan is to be done, as the command line says.</summary>
/// <param name="Pace">How long.</param>
/// <param name="Scenarios">What.</param>
/// <param name="Contenders">With whom.</param>
/// <param name="ListOnly">Whether the plan is only to be printed.</param>
internal sealed record Choice(
    Pace Pace,
    ImmutableArray<Scenario> Scenarios,
    ImmutableArray<Contender> Contenders,
    bool ListOnly
)
{
    /// <summary>Whether it is everything, at the pace of figures that are to be believed.</summary>
    public bool IsWhole =>
        Pace with { Rounds = Pace.Full.Rounds } == Pace.Full
        && Pace.Rounds >= Pace.Full.Rounds
        && Scenarios.Length == ScenarioTable.Rows.Length
        && Contenders.Length == ContenderTable.Rows.Length;

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "One short round, to see that everything works.",
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = $"How many rounds. Default: {Pace.Full.Rounds}.",
        DefaultValueFactory = static _ => Pace.Full.Rounds,
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only this scenario; may be given several times.",
    };

    private static readonly Option<string[]> With = new("--contender")
    {
        Description = "Only this contender, and the C loop; may be given several times.",
    };

    private static readonly Option<bool> List = new("--list")
    {
        Description = "Print scenarios and contenders, and measure nothing.",
    };

    /// <summary>The command line, with what is to be called once it is understood.</summary>
    public static RootCommand Command(Func<Choice, Task<int>> run)
    {
        Only.AcceptOnlyFromAmong([.. ScenarioTable.Rows.Select(static scenario => scenario.Name)]);
        With.AcceptOnlyFromAmong([.. ContenderTable.Rows.Select(static contender => contender.Name)]);
        var root = new RootCommand("Measures TinyTCP beside other servers.")
        {
            Quick,
            Rounds,
            Only,
            With,
            List,
        };
        root.SetAction((parsed, _) => run(Of(parsed)));
        return root;
    }

    private static Choice Of(ParseResult parsed)
    {
        var only = parsed.GetValue(Only) ?? [];
        var with = parsed.GetValue(With) ?? [];
        return new(
            parsed.GetValue(Quick) ? Pace.Quick : Pace.Full with { Rounds = parsed.GetValue(Rounds) },
            ScenarioTable.Rows.RemoveAll(scenario => only.Length > 0 && !only.Contains(scenario.Name)),
            ContenderTable.Rows.RemoveAll(contender =>
                with.Length > 0 && contender != ContenderTable.Limit && !with.Contains(contender.Name)
            ),
            parsed.GetValue(List)
        );
    }
}
