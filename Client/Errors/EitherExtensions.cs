using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Errors;

/// <summary>Turns results into exit codes.</summary>
internal static class EitherExtensions
{
    /// <summary>Writes the error, if there is one.</summary>
    /// <returns>The exit code.</returns>
    internal static int ToExitCode<T>(this Either<ClientError, T> result, TextWriter writer) =>
        result.IsLeft ? CliError.From((ClientError)result).WriteTo(writer) : ExitCodes.Success.Code;

    /// <summary>Runs a command with its settings, or writes the error in them.</summary>
    /// <returns>The exit code.</returns>
    internal static Task<int> RunAsync<T>(
        this Either<CliError, T> settings,
        Func<T, Task<int>> run,
        TextWriter writer
    ) => settings.IsLeft ? Task.FromResult(((CliError)settings).WriteTo(writer)) : run((T)settings);
}
