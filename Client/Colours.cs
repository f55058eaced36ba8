using System.CommandLine;
using LanguageExt;

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
        Recursive = true,
    };

    /// <summary>Puts the option on a command and all below it.</summary>
    internal void AddTo(Command command) => command.Options.Add(option);

    /// <summary>Judges it.</summary>
    internal Either<Complaint, bool> Read(ParseResult parsed, Surroundings surroundings) =>
        (parsed.GetValue(option) ?? Auto) switch
        {
            Auto => surroundings.Terminal().Output && Likes(surroundings.Variable),
            Always => true,
            Never => false,
            var other => Complaint.Usage($"The colour is '{other}': give {Auto}, {Always} or {Never}."),
        };

    private static bool Likes(Func<string, LanguageExt.Option<string>> variable) =>
        variable("NO_COLOR").Filter(static value => value.Length > 0).IsNone
        && variable("TERM").Filter(static value => value == "dumb").IsNone;
}
