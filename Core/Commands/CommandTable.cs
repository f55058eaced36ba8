using System.Collections.Immutable;
using System.Linq;

namespace TinyTcp.Core;

/// <summary>All commands: parser, HELP, command lines and protocol.md follow from these rows.</summary>
public static class CommandTable
{
    /// <summary>The row of TIME.</summary>
    public static CommandSpec Time { get; } =
        new(
            Verb: "TIME",
            Syntax: "TIME",
            Argument: new ArgumentRule.Ignored(Command.Time),
            Reply: "TIME <timestamp>",
            Summary: "The server's local date and time, with its offset from UTC.",
            Rule: "C-3"
        );

    /// <summary>The row of ECHO.</summary>
    public static CommandSpec Echo { get; } =
        new(
            Verb: "ECHO",
            Syntax: "ECHO <TEXT>",
            Argument: new ArgumentRule.Required(Command.Echo),
            Reply: "ECHO <text>",
            Summary: "The text given, byte for byte.",
            Rule: "C-4"
        );

    /// <summary>The row of HELP.</summary>
    public static CommandSpec Help { get; } =
        new(
            Verb: "HELP",
            Syntax: "HELP",
            Argument: new ArgumentRule.Ignored(Command.Help),
            Reply: "HELP COMMANDS: <text>",
            Summary: "The commands there are.",
            Rule: "C-5"
        );

    /// <summary>The row of QUIT.</summary>
    public static CommandSpec Quit { get; } =
        new(
            Verb: "QUIT",
            Syntax: "QUIT",
            Argument: new ArgumentRule.Ignored(Command.Quit),
            Reply: "BYE",
            Summary: "Ends the connection; nothing sent after it is answered.",
            Rule: "C-6"
        );

    /// <summary>The rows, in the order in which HELP lists them.</summary>
    public static ImmutableArray<CommandSpec> Rows { get; } = [Time, Echo, Help, Quit];

    /// <summary>What HELP answers after <c>HELP COMMANDS:</c> (C-5).</summary>
    public static Text HelpText { get; } =
        Text.Literal(string.Join(" | ", Rows.Select(static row => row.Syntax)));
}
