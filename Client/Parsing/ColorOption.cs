using System.CommandLine;
using TinyTcp.Cli.IO;

namespace TinyTcp.Cli.Parsing;

/// <summary><c>--color</c>: whether text for people is colored.</summary>
internal sealed class ColorOption
{
    private const string Auto = "auto";
    private const string Always = "always";
    private const string Never = "never";

    private readonly ValueOption option = new ValueOption("--color")
    {
        Description = $"Color the output; {Auto} follows the terminal, TERM and NO_COLOR.",
        DefaultValueFactory = static _ => Auto,
        Recursive = true,
    }.AcceptOnlyFromAmong(Auto, Always, Never);

    /// <summary>Adds the option to the program and all its commands.</summary>
    internal void AddTo(Command program) => program.Options.Add(option);

    /// <summary>Whether to color.</summary>
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
}
