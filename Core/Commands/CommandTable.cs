using System;
using System.Collections.Immutable;
using System.Linq;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Commands;

/// <summary>All commands: parser, HELP, command lines and protocol.md follow from these rows.</summary>
public static class CommandTable
{
    /// <summary>TIME's word on the wire.</summary>
    internal static ReadOnlySpan<byte> TimeVerb => "TIME"u8;

    /// <summary>ECHO's word on the wire.</summary>
    internal static ReadOnlySpan<byte> EchoVerb => "ECHO"u8;

    /// <summary>The row of TIME.</summary>
    public static CommandSpec Time { get; } =
        new(
            verb: TimeVerb,
            syntax: "TIME",
            argument: new ArgumentRule.Ignored(Command.Time),
            reply: "TIME <timestamp>",
            summary: "The server's local date and time, with its offset from UTC.",
            rule: "C-3"
        );

    /// <summary>The row of ECHO.</summary>
    public static CommandSpec Echo { get; } =
        new(
            verb: EchoVerb,
            syntax: "ECHO <TEXT>",
            argument: new ArgumentRule.Required(Command.Echo),
            reply: "ECHO <text>",
            summary: "The text given, byte for byte.",
            rule: "C-4"
        );

    /// <summary>The row of HELP.</summary>
    public static CommandSpec Help { get; } =
        new(
            verb: "HELP"u8,
            syntax: "HELP",
            argument: new ArgumentRule.Ignored(Command.Help),
            reply: "HELP COMMANDS: <text>",
            summary: "The commands there are.",
            rule: "C-5"
        );

    /// <summary>The row of QUIT.</summary>
    public static CommandSpec Quit { get; } =
        new(
            verb: "QUIT"u8,
            syntax: "QUIT",
            argument: new ArgumentRule.Ignored(Command.Quit),
            reply: "BYE",
            summary: "Ends the connection; nothing sent after it is answered.",
            rule: "C-6"
        );

    /// <summary>The rows, in the order in which HELP lists them.</summary>
    public static ImmutableArray<CommandSpec> Rows { get; } = [Time, Echo, Help, Quit];

    /// <summary>What HELP answers after <c>HELP COMMANDS:</c> (C-5).</summary>
    public static LineText HelpText { get; } =
        LineText.Literal(string.Join(" | ", Rows.Select(static row => row.Syntax)));
}
