using System.Collections.Immutable;
using System.Diagnostics;

namespace TinyTcp.Bench.Runner;

/// <summary>A program failed or timed out. The message is the reason.</summary>
internal sealed class ProgramFailedException(string message) : Exception(message);

/// <summary>Starts programs, and runs programs to their end.</summary>
internal static class ProcessRunner
{
    /// <summary>The words of a command; <c>''</c> is an empty one.</summary>
    public static IEnumerable<string> Split(string command) =>
        command
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(static word => word == "''" ? "" : word);

    /// <summary>Runs a program and returns its output.</summary>
    /// <exception cref="ProgramFailedException">Its exit code is not 0, or it timed out.</exception>
    public static async Task<string> RunAsync(string command, TimeSpan timeout)
    {
        using var process = Start([.. Split(command)]);
        using var cancellation = new CancellationTokenSource(timeout);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new ProgramFailedException($"timed out after {timeout.TotalSeconds:F0} s");
        }

        return process.ExitCode == 0
            ? await output
            : throw new ProgramFailedException($"exit code {process.ExitCode}: {(await error).Trim()}");
    }

    /// <summary>Starts a program with redirected streams.</summary>
    public static Process Start(ImmutableArray<string> command) =>
        Process.Start(
            new ProcessStartInfo(command[0], command.Skip(1))
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        ) ?? throw new ProgramFailedException($"{command[0]} did not start");
}
