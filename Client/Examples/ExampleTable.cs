using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Parsing;
using TinyTcp.Core.Commands;

namespace TinyTcp.Cli.Examples;

/// <summary>One worked example: a test runs it.</summary>
/// <param name="Purpose">What it is good for.</param>
/// <param name="CommandLine">For a POSIX shell.</param>
/// <param name="Output">What it prints; none where that differs each time.</param>
internal sealed record Example(string Purpose, string CommandLine, Option<string> Output);

/// <summary>The examples, in the order in which they teach.</summary>
internal static class ExampleTable
{
    private const string TimeReply = "TIME 2025-09-12T17:24:13-05:00";

    /// <summary>The rows.</summary>
    internal static ImmutableArray<Example> Rows { get; } =
    [
        new("What time is it there?", "tinytcp time", $"{TimeReply}\n"),
        new(
            "Is this text the same when it comes back?",
            "tinytcp echo Hello from a shell",
            "ECHO Hello from a shell\n"
        ),
        new("And each line of a file?", @"printf 'one\ntwo\n' | tinytcp echo", "ECHO one\nECHO two\n"),
        new(
            "What is said on the wire?",
            "tinytcp time -v",
            $"""
            CONNECT to {ConnectionOptions.DefaultTarget}
            <- WELCOME, I'm TinyServer not pressure
            -> TIME
            <- {TimeReply}

            """
        ),
        new(
            "What does a server make of a line that is no request?",
            "tinytcp raw 'TIME please'",
            $"{TimeReply}\n"
        ),
        new(
            "How do many requests go at once?",
            @"printf 'TIME\nECHO hi\nQUIT\n' | tinytcp send",
            $"{TimeReply}\nECHO hi\nBYE\n"
        ),
        new(
            "Does a script see that something is wrong?",
            "tinytcp raw nonsense 2>/dev/null || echo exit code $?",
            "ERROR UNKNOWN_COMMAND\nexit code 1\n"
        ),
        new("Does it answer, how fast, and how reliably?", "tinytcp probe --count 5 --interval 0.1", default),
        new("How does a program read the answer?", "tinytcp time --json", default),
        new(
            "How is another server called, every time?",
            $"export TINYTCP_TARGET={ConnectionOptions.DefaultTarget}; tinytcp help",
            $"HELP COMMANDS: {CommandTable.HelpText}\n"
        ),
    ];

    /// <summary>All of them, for people.</summary>
    internal static string Format() => string.Join("\n", Rows.Select(Format));

    private static string Format(Example example) =>
        $"# {example.Purpose}\n$ {example.CommandLine}\n{example.Output.IfNone("")}";
}
