using System;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Commands;

/// <summary>All commands: parser, HELP, command lines and protocol.md follow from these rows.</summary>
public static class CommandTable
{
    /// <summary>The row of TIME.</summary>
    public static CommandSpec Time { get; } =
        new(
            Command.Time,
            syntax: "TIME",
            ArgumentRule.Ignored,
            reply: "TIME <timestamp>",
            summary: "The server's local date and time, with its offset from UTC.",
            rule: "C-3"
        );

    /// <summary>The row of ECHO.</summary>
    public static CommandSpec Echo { get; } =
        new(
            Command.Echo(default),
            syntax: "ECHO <TEXT>",
            ArgumentRule.Required,
            reply: "ECHO <text>",
            summary: "The text given, byte for byte.",
            rule: "C-4"
        );

    /// <summary>The row of HELP.</summary>
    public static CommandSpec Help { get; } =
        new(
            Command.Help,
            syntax: "HELP",
            ArgumentRule.Ignored,
            reply: "HELP COMMANDS: <text>",
            summary: "The list of commands.",
            rule: "C-5"
        );

    /// <summary>The row of QUIT.</summary>
    public static CommandSpec Quit { get; } =
        new(
            Command.Quit,
            syntax: "QUIT",
            ArgumentRule.Ignored,
            reply: "BYE",
            summary: "Ends the connection; nothing sent after it is answered.",
            rule: "C-6"
        );

    /// <summary>The rows, in the order in which HELP lists them.</summary>
    public static ImmutableArray<CommandSpec> Rows { get; } = [.. Enum.GetValues<CommandKind>().Select(Of)];

    /// <summary>The text of HELP's reply, after <c>HELP COMMANDS:</c> (C-5).</summary>
    public static LineText HelpText { get; } =
        LineText.Literal(string.Join(" | ", Rows.Select(static row => row.Syntax)));

    /// <summary>The row of a command.</summary>
    /// <param name="kind">The command's case.</param>
    public static CommandSpec Of(CommandKind kind) =>
        kind switch
        {
            CommandKind.Time => Time,
            CommandKind.Echo => Echo,
            CommandKind.Help => Help,
            CommandKind.Quit => Quit,
        };

    /// <summary>The row whose verb a word is, in any letter case (C-1).</summary>
    /// <param name="word">Any bytes.</param>
    internal static Option<CommandSpec> Find(ReadOnlySpan<byte> word)
    {
        var key = VerbKey.Of(word);
        foreach (var row in Rows)
        {
            if (row.Key == key)
            {
                return row;
            }
        }

        return Option<CommandSpec>.None;
    }
}
