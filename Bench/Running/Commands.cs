using System.Collections.Immutable;
using System.Diagnostics;
using LanguageExt;
using static LanguageExt.Prelude;

namespace TinyTcp.Bench.Running;

/// <summary>Runs a program to its end.</summary>
internal static class Commands
{
    /// <summary>What a program printed; or, where it failed or took too long, what it complained of.</summary>
    public static async Task<Either<string, string>> Run(ImmutableArray<string> command, TimeSpan patience)
    {
        using var process = Start(command);
        using var timeout = new CancellationTokenSource(patience);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return Left<string, string>($"{command[0]} took longer than {patience.TotalSeconds:F0} s");
        }

        return process.ExitCode == 0
            ? Right<string, string>(await output)
            : Left<string, string>((await error).Trim());
    }

    /// <summary>Starts a program whose input and output are in our hands.</summary>
    public static Process Start(ImmutableArray<string> command) =>
        Process.Start(
            new ProcessStartInfo(command[0], command.Skip(1))
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        ) ?? throw new InvalidOperationException($"{command[0]} did not start");
}
