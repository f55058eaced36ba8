using System.CommandLine;
using System.CommandLine.Parsing;
using TinyTcp.Client;

namespace TinyTcp.Cli;

/// <summary>Whether output for people is coloured: what was asked for, then what the terminal and its user like.</summary>
internal sealed class Colours
{
    private const string Auto = "auto";
    private const string Always = "always";
    private const string Never = "never";

    private readonly ValueOption option = new("--color")
    {
        Description = $"When to colour: {Auto}, {Always} or {Never}. {Auto} minds NO_COLOR and TERM.",
        HelpName = "WHEN",
        Validators = { Judge },
        CompletionSources = { Auto, Always, Never },
    };

    /// <summary>Puts the option on a command, behind its own.</summary>
    internal void AddTo(Command command) => command.Options.Add(option);

    /// <summary>What was asked for comes to this.</summary>
    internal bool Read(ParseResult parsed, Surroundings surroundings) =>
        parsed.GetValue(option) switch
        {
            Always => true,
            Never => false,
            _ => surroundings.Terminal().Output && !surroundings.IsDumb && Likes(surroundings),
        };

    private static bool Likes(Surroundings surroundings) =>
        surroundings.Variable("NO_COLOR").Filter(static value => value.Length > 0).IsNone;

    // By the parser, and so for every command that has the option, whether it has colours or not.
    private static void Judge(OptionResult given)
    {
        foreach (
            var token in given.Tokens.Where(static token => token.Value is not (Auto or Always or Never))
        )
        {
            given.AddError($"The colour is {Quote.Of(token.Value)}: give {Auto}, {Always} or {Never}.");
        }
    }
}
