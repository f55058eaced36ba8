using System.Text;
using LanguageExt;
using TinyTcp.Cli;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Tests.Client.Program;

/// <summary>The program as a function, with what it wrote.</summary>
internal static class CliRunner
{
    internal static Task<(int Code, string Output, string Error)> RunAsync(params string[] args) =>
        RunAsync(args, TimeProvider.System, CancellationToken.None);

    internal static Task<(int Code, string Output, string Error)> RunAsync(
        string[] args,
        TimeProvider time,
        CancellationToken ctrlC
    ) => RunAsync(args, new TestEnvironment { Time = time }, ctrlC);

    internal static async Task<(int Code, string Output, string Error)> RunAsync(
        string[] args,
        TestEnvironment environment,
        CancellationToken ctrlC = default
    )
    {
        using var input = new MemoryStream(environment.Input);
        using var output = new MemoryStream();
        await using var error = new StringWriter { NewLine = "\n" };
        var surroundings = new CliEnvironment(
            input,
            output,
            () => error,
            environment.Time,
            name => environment.Variables.TryGetValue(name, out var value) ? value : Option<string>.None
        )
        {
            Terminal = () => environment.Terminal,
            ReadKeys = _ => environment.Keys.ToAsyncEnumerable(),
            Suspend = environment.Suspend,
        };
        // A question waits on the thread that asks it: not on one that the test's server needs.
        var code = await Task
            .Factory.StartNew(
                () => CommandLine.RunAsync(args, surroundings, () => ctrlC, () => ExitCodes.Interrupted),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .Unwrap();
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>What a program finds round it.</summary>
    internal sealed record TestEnvironment
    {
        internal byte[] Input { get; init; } = [];

        internal TimeProvider Time { get; init; } = TimeProvider.System;

        internal Dictionary<string, string> Variables { get; init; } = [];

        internal Terminal Terminal { get; init; } = Terminal.None;

        internal IEnumerable<ConsoleKeyInfo> Keys { get; init; } = [];

        internal Func<bool> Suspend { get; init; } = static () => false;
    }
}
