using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Errors;

/// <summary>Why the program fails.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Message">One line for people.</param>
internal sealed record CliError(ExitCode ExitCode, string Message)
{
    /// <summary>The server if nothing names one.</summary>
    internal const string DefaultServer = "127.0.0.1:40000";

    private const string Indent = "  ";

    // Linux's error numbers; others do not occur elsewhere.
    private const int BadDescriptor = 9;
    private const int FileTooLarge = 27;
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    /// <summary>An invalid command line.</summary>
    internal static CliError Usage(string message) => new(ExitCodes.Usage, message);

    /// <summary>An error of the client library.</summary>
    internal static CliError From(ClientError error) =>
        new(
            ExitCodes.From(error),
                // The library's message ends with the advice to allow more time.
                error is ClientError.TimedOut
                    ? $"{error.Message.TrimEnd('.')}: raise --timeout."
                : error is ClientError.ConnectFailed { EndPoint: var server } && $"{server}" == DefaultServer
                    ? $"{error.Message} To start one: tinytcpd. To try without one: {CliEnvironment.ProgramName} demo."
                : error.Message
        );

    /// <summary>An exception that no command expects: files, threads or memory are missing, or the program has a fault.</summary>
    internal static CliError From(Exception unexpected) =>
        new(
            ExitCodes.Failed,
            $"The program failed: {SystemMessage(unexpected.GetBaseException())}. Raise the limits of files, threads and memory (ulimit -n, -u, -v)."
        );

    /// <summary>Reading the input failed.</summary>
    internal static CliError InputError(Exception exception) =>
        new(
            ExitCodes.IoFailed,
            $"The input cannot be read ({SystemMessage(exception)}). Check that it is a readable file, not a directory."
        );

    /// <summary>Writing the output failed.</summary>
    internal static CliError OutputError(Exception exception) =>
        new(
            ExitCodes.IoFailed,
            $"The output cannot be written ({SystemMessage(exception)}). {AdviceFor(exception.HResult)}"
        );

    private static string AdviceFor(int outputError) =>
        outputError switch
        {
            BadDescriptor => "It is closed: redirect it, for example to /dev/null.",
            FileTooLarge => "Raise the limit of a file's size (ulimit -f), or write to another place.",
            NoSpaceLeft or QuotaExceeded => "Free some space, or write to another place.",
            _ => "Check what it is redirected to.",
        };

    /// <summary>Whether opening a file can throw this exception; a path that is not one is an argument error.</summary>
    internal static bool IsFileSystemError(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>The system's message without control characters: it may contain any file name.</summary>
    internal static string SystemMessage(Exception exception) =>
        Sanitizer.Sanitize(exception.Message.TrimEnd('.'));

    /// <summary>Writes the message to standard error: one line, wrapped between words on a terminal.</summary>
    /// <returns>The exit code.</returns>
    internal int WriteTo(CliEnvironment environment)
    {
        var text = $"{Message}{(ExitCode == ExitCodes.Usage ? " See --help." : "")}";
        try
        {
            var width = environment.Terminal() is { HasError: true } terminal ? terminal.Width : int.MaxValue;
            foreach (var line in WordWrap.Wrap($"{CliEnvironment.ProgramName}: ", Indent, text, width))
            {
                environment.Error.WriteLine(line);
            }

            return ExitCode.Code;
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            // Without an error output the exit code is all that can be reported.
            return ExitCode.Code;
        }
    }
}
