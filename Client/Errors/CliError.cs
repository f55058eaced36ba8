using LanguageExt;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Errors;

/// <summary>Why the program ends otherwise than well.</summary>
/// <param name="ExitCode">What the shell sees.</param>
/// <param name="Message">What people read: one line.</param>
internal sealed record CliError(ExitCode ExitCode, string Message)
{
    /// <summary>A wrong command line.</summary>
    internal static CliError Usage(string message) => new(ExitCodes.Usage, $"{message} See --help.");

    /// <summary>An error of the client's.</summary>
    internal static CliError From(ClientError error) =>
        error.Source == ErrorSource.Caller ? Usage(error.Message) : new(ExitCodes.From(error), error.Message);

    /// <summary>An input that cannot be read.</summary>
    internal static CliError InputError(Exception exception) =>
        new(
            ExitCodes.IoFailed,
            $"The input cannot be read ({SystemMessage(exception)}): check that it is there, is no folder, and that you may read it."
        );

    /// <summary>Whether an exception is one of these; a path may also be none at all.</summary>
    internal static bool IsFileSystemError(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>An output that cannot be written.</summary>
    internal static CliError OutputError(Exception exception) =>
        new(
            ExitCodes.IoFailed,
            $"The output cannot be written ({SystemMessage(exception)}): check that it is no folder, that you may write it, and that there is space left."
        );

    /// <summary>What the system says of a file, whose name may be made of anything.</summary>
    internal static string SystemMessage(Exception exception) =>
        Sanitizer.Sanitize(exception.Message.TrimEnd('.'));

    /// <summary>Says so, in one line.</summary>
    /// <returns>The exit code.</returns>
    internal int WriteTo(TextWriter writer)
    {
        try
        {
            writer.WriteLine($"{CliEnvironment.ProgramName}: {Message}");
            return ExitCode.Code;
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            // There is nobody left to tell but whoever reads the exit code.
            return ExitCode.Code;
        }
    }
}

/// <summary>From how something went to an exit code.</summary>
internal static class EitherExtensions
{
    /// <summary>Says what went wrong, if anything did.</summary>
    /// <returns>The exit code.</returns>
    internal static int ToExitCode<T>(this Either<ClientError, T> result, TextWriter writer) =>
        result.IsLeft ? CliError.From((ClientError)result).WriteTo(writer) : ExitCodes.Success.Code;
}
