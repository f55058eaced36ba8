using System.Text;
using LanguageExt;
using TinyTcp.Cli;
using TinyTcp.Cli.Display;

namespace TinyTcp.Tests.Client.Program;

/// <summary>The program as a function, with what it wrote.</summary>
internal static class Invoked
{
    internal static Task<(int Code, string Output, string Error)> RunAsync(params string[] words) =>
        RunAsync(words, TimeProvider.System, CancellationToken.None);

    internal static Task<(int Code, string Output, string Error)> RunAsync(
        string[] words,
        TimeProvider time,
        CancellationToken ctrlC
    ) => RunAsync(words, new World { Time = time }, ctrlC);

    internal static async Task<(int Code, string Output, string Error)> RunAsync(
        string[] words,
        World world,
        CancellationToken ctrlC = default
    )
    {
        using var input = new MemoryStream(world.Input);
        using var output = new MemoryStream();
        await using var error = new StringWriter { NewLine = "\n" };
        var surroundings = new Surroundings(
            input,
            output,
            () => error,
            world.Time,
            name => world.Variables.TryGetValue(name, out var value) ? value : Option<string>.None
        )
        {
            Terminal = () => world.Terminal,
            Keys = _ => world.Keys.ToAsyncEnumerable(),
            Suspend = world.Suspend,
        };
        // A question waits on the thread that asks it: not on one that the test's server needs.
        var code = await Task
            .Factory.StartNew(
                () => CommandLine.RunAsync(words, surroundings, () => ctrlC, () => ExitCodes.Interrupted),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .Unwrap();
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>What a program finds round it.</summary>
    internal sealed record World
    {
        internal byte[] Input { get; init; } = [];

        internal TimeProvider Time { get; init; } = TimeProvider.System;

        internal Dictionary<string, string> Variables { get; init; } = [];

        internal Terminal Terminal { get; init; } = Terminal.None;

        internal IEnumerable<ConsoleKeyInfo> Keys { get; init; } = [];

        internal Func<bool> Suspend { get; init; } = static () => false;
    }
}
