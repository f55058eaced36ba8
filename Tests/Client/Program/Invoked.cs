using TinyTcp.Cli;

namespace TinyTcp.Tests.Client;

/// <summary>The program as a function, with what it wrote.</summary>
internal static class Invoked
{
    internal static Task<(int Code, string Output, string Error)> RunAsync(params string[] words) =>
        RunAsync(words, TimeProvider.System, CancellationToken.None);

    internal static async Task<(int Code, string Output, string Error)> RunAsync(
        string[] words,
        TimeProvider time,
        CancellationToken ctrlC
    )
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(words, new Surroundings(output, error, time), ctrlC);
        return (code, output.ToString(), error.ToString());
    }
}
