using System.Text;
using LanguageExt;
using TinyTcp.Cli;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Tests.Client;

/// <summary>Runs the command line in this process.</summary>
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
        var cliEnvironment = new CliEnvironment(
            input,
            output,
            () => error,
            environment.Time,
            name => environment.Variables.TryGetValue(name, out var value) ? value : Option<string>.None
        )
        {
            Terminal = () => environment.Terminal,
            OpenKeyboard = onSignal => new FakeKeyboard(environment, onSignal),
            IsTerminalClosed = environment.IsTerminalClosed,
        };
        // Reading the input blocks its thread, and the test's server needs those of the pool.
        var code = await Task
            .Factory.StartNew(
                () => CommandLine.RunAsync(args, cliEnvironment, () => ctrlC, () => ExitCodes.Interrupted),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .Unwrap();
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>The environment of a run.</summary>
    internal sealed record TestEnvironment
    {
        internal byte[] Input { get; init; } = [];

        internal TimeProvider Time { get; init; } = TimeProvider.System;

        internal Dictionary<string, string> Variables { get; init; } = [];

        internal Terminal Terminal { get; init; } = Terminal.None;

        /// <summary>What the terminal sends, in parts; an empty one is a pause.</summary>
        internal IEnumerable<string> Keys { get; init; } = [];

        internal Func<bool> Suspend { get; init; } = static () => false;

        internal Action SetModes { get; init; } = static () => { };

        internal Func<IOException, bool> IsTerminalClosed { get; init; } = static _ => false;
    }
}
