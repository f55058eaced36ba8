using System.CommandLine;
using System.CommandLine.Parsing;
using TinyTcp.Cli.IO;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Parsing;

/// <summary>Whether output for people is coloured: what was asked for, then what the terminal and its user like.</summary>
internal sealed class ColorOption
{
    private const string Auto = "auto";
    private const string Always = "always";
    private const string Never = "never";

    private readonly ValueOption option = new("--color")
    {
        Description = $"When to colour: {Auto}, {Always} or {Never}. {Auto} minds NO_COLOR and TERM.",
        HelpName = "WHEN",
        Validators = { Validate },
        CompletionSources = { Auto, Always, Never },
    };

    /// <summary>Puts the option on a command, behind its own.</summary>
    internal void AddTo(Command command) => command.Options.Add(option);

    /// <summary>What was asked for comes to this.</summary>
    internal bool Read(ParseResult parsed, CliEnvironment environment) =>
        parsed.GetValue(option) switch
        {
            Always => true,
            Never => false,
            _ => environment.Terminal().HasOutput
                && !environment.IsDumbTerminal
                && EnvironmentAllowsColor(environment),
        };

    private static bool EnvironmentAllowsColor(CliEnvironment environment) =>
        environment.GetVariable("NO_COLOR").Filter(static value => value.Length > 0).IsNone;

    // By the parser, and so for every command that has the option, whether it has colours or not.
    private static void Validate(OptionResult result)
    {
        foreach (
            var token in result.Tokens.Where(static token => token.Value is not (Auto or Always or Never))
        )
        {
            result.AddError($"The colour is {Quote.Of(token.Value)}: give {Auto}, {Always} or {Never}.");
        }
    }
}
