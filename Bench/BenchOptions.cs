using System.Collections.Immutable;
using System.CommandLine;
using TinyTcp.Bench.Plan;

namespace TinyTcp.Bench;

/// <summary>The command line: which part of the plan to run.</summary>
/// <param name="Settings">How often and how long.</param>
/// <param name="Scenarios">The chosen scenarios.</param>
/// <param name="Contenders">The chosen contenders, and the baseline.</param>
internal sealed record BenchOptions(
    RunSettings Settings,
    ImmutableArray<Scenario> Scenarios,
    ImmutableArray<Contender> Contenders
)
{
    /// <summary>The name that chooses all scenarios of clients.</summary>
    public const string ClientScenarios = "client";

    private static readonly Option<bool> Quick = new("--quick")
    {
        Description = "One short round, to check that everything works.",
    };

    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "How many rounds.",
        DefaultValueFactory = static _ => RunSettings.Full.Rounds,
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only this scenario; can be repeated.",
    };

    private static readonly Option<string[]> Contender = new("--contender")
    {
        Description = "Only this contender and the C loop; can be repeated.",
    };

    /// <summary>Whether this is the complete plan with published settings.</summary>
    public bool IsComplete =>
        Settings with { Rounds = RunSettings.Full.Rounds } == RunSettings.Full
        && Settings.Rounds >= RunSettings.Full.Rounds
        && Scenarios.Length == ScenarioTable.Rows.Length
        && Contenders.Length == ContenderTable.Rows.Length;

    /// <summary>The command line, and what it runs.</summary>
    public static RootCommand CreateCommand(Func<BenchOptions, Task<int>> runAsync)
    {
        Only.AcceptOnlyFromAmong([
            .. ScenarioTable.Rows.Select(static scenario => scenario.Name),
            ClientScenarios,
        ]);
        Contender.AcceptOnlyFromAmong([.. ContenderTable.Rows.Select(static contender => contender.Name)]);
        var root = new RootCommand("Measures TinyTCP's server and client beside others.")
        {
            Quick,
            Rounds,
            Only,
            Contender,
        };
        root.SetAction((parsed, _) => runAsync(From(parsed)));
        return root;
    }

    private static BenchOptions From(ParseResult parsed)
    {
        var only = parsed.GetValue(Only) ?? [];
        var names = parsed.GetValue(Contender) ?? [];
        return new(
            parsed.GetValue(Quick)
                ? RunSettings.Quick
                : RunSettings.Full with
                {
                    Rounds = parsed.GetValue(Rounds),
                },
            ScenarioTable.Rows.RemoveAll(scenario =>
                only.Length > 0 && !Array.Exists(only, name => IsChosenBy(name, scenario))
            ),
            ContenderTable.Rows.RemoveAll(contender =>
                names.Length > 0 && contender != ContenderTable.Baseline && !names.Contains(contender.Name)
            )
        );
    }

    private static bool IsChosenBy(string name, Scenario scenario) =>
        name == scenario.Name || (name == ClientScenarios && ClientScenarioTable.Rows.Contains(scenario));
}
