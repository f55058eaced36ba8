using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Core.Commands;

namespace TinyTcp.Cli;

/// <summary>One worked example: a test runs it.</summary>
/// <param name="Question">What it is good for.</param>
/// <param name="CommandLine">For a POSIX shell.</param>
/// <param name="Output">What it prints; none where that differs each time.</param>
internal sealed record Example(string Question, string CommandLine, Option<string> Output);

/// <summary>The examples, in the order in which they teach.</summary>
internal static class ExampleTable
{
    private const string Time = "TIME 2025-09-12T17:24:13-05:00";

    /// <summary>The rows.</summary>
    internal static ImmutableArray<Example> Rows { get; } =
    [
        new("What time is it there?", "tinytcp time", $"{Time}\n"),
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
            CONNECT to {CallOptions.Default}
            <- WELCOME, I'm TinyServer not pressure
            -> TIME
            <- {Time}

            """
        ),
        new(
            "What does a server make of a line that is no request?",
            "tinytcp raw 'TIME please'",
            $"{Time}\n"
        ),
        new(
            "How do many requests go at once?",
            @"printf 'TIME\nECHO hi\nQUIT\n' | tinytcp send",
            $"{Time}\nECHO hi\nBYE\n"
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
            $"export TINYTCP_TARGET={CallOptions.Default}; tinytcp help",
            $"HELP COMMANDS: {CommandTable.HelpText}\n"
        ),
    ];

    /// <summary>All of them, for people.</summary>
    internal static string Show() => string.Join("\n", Rows.Select(Show));

    private static string Show(Example example) =>
        $"# {example.Question}\n$ {example.CommandLine}\n{example.Output.IfNone("")}";
}
