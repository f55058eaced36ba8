using System.Collections.Immutable;
using TinyTcp.Cli.Parsing;
using TinyTcp.Core.Commands;

namespace TinyTcp.Cli.Examples;

/// <summary>The examples, simple ones first.</summary>
internal static class ExampleTable
{
    private const string Timestamp = "2025-09-12T17:24:13-05:00";
    private const string TimeReply = $"TIME {Timestamp}";

    /// <summary>The rows.</summary>
    internal static ImmutableArray<Example> Rows { get; } =
    [
        new("Ask for the time", "tinytcp time", $"{TimeReply}\n"),
        new("Echo a text", "tinytcp echo Hello from a shell", "ECHO Hello from a shell\n"),
        new(
            "Name the server before the command",
            $"tinytcp {ConnectionOptions.DefaultTarget} echo hi",
            "ECHO hi\n"
        ),
        new("Print only the value", "tinytcp time --value", $"{Timestamp}\n"),
        new("Echo each line of the input", @"printf 'one\ntwo\n' | tinytcp echo", "ECHO one\nECHO two\n"),
        new(
            "Show the whole conversation",
            "tinytcp time -v",
            $"""
            CONNECT to {ConnectionOptions.DefaultTarget}
            <- WELCOME, I'm TinyServer not pressure
            -> TIME
            <- {TimeReply}

            """
        ),
        new("Send any line", "tinytcp raw 'TIME please'", $"{TimeReply}\n"),
        new(
            "Send many requests without waiting for replies",
            @"printf 'TIME\nECHO hi\nQUIT\n' | tinytcp send",
            $"{TimeReply}\nECHO hi\nBYE\n"
        ),
        new(
            "Use the exit code in a script",
            "tinytcp raw nonsense 2>/dev/null || echo exit code $?",
            "ERROR UNKNOWN_COMMAND\nexit code 1\n"
        ),
        new("Measure availability and latency", "tinytcp probe --count 5 --interval 100ms", default),
        new(
            "Measure throughput and latency with 2,000 requests",
            "tinytcp bench -c 10 -n 2000 --warmup 0 --noise 0",
            default
        ),
        new("Print JSON for a program", "tinytcp time --json", default),
        new(
            "Set another default server",
            $"export TINYTCP_TARGET={ConnectionOptions.DefaultTarget}; tinytcp help",
            $"HELP COMMANDS: {CommandTable.HelpText}\n"
        ),
    ];

    /// <summary>Formats all examples for people.</summary>
    internal static string Format() => string.Join("\n", Rows.Select(Format));

    private static string Format(Example example) =>
        $"# {example.Purpose}\n$ {example.CommandLine}\n{example.Output.IfNone("")}";
}
