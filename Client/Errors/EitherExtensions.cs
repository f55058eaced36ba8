using LanguageExt;
using TinyTcp.Cli.IO;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Errors;

/// <summary>Turns results into exit codes.</summary>
internal static class EitherExtensions
{
    /// <summary>Writes the error, if there is one.</summary>
    /// <returns>The exit code.</returns>
    internal static int ToExitCode<T>(this Either<ClientError, T> result, CliEnvironment environment) =>
        result.IsLeft ? CliError.From((ClientError)result).WriteTo(environment) : ExitCodes.Success.Code;

    /// <summary>Runs a command with its settings, or writes the error in them.</summary>
    /// <returns>The exit code.</returns>
    internal static Task<int> RunAsync<T>(
        this Either<CliError, T> settings,
        Func<T, Task<int>> run,
        CliEnvironment environment
    ) => settings.IsLeft ? Task.FromResult(((CliError)settings).WriteTo(environment)) : run((T)settings);
}
