using LanguageExt;
using TinyTcp.Cli.Display;
using TinyTcp.Client;

namespace TinyTcp.Cli;

/// <summary>Why the program ends otherwise than well.</summary>
/// <param name="ExitCode">What the shell sees.</param>
/// <param name="Sentence">What people read: one line.</param>
internal sealed record Complaint(ExitCode ExitCode, string Sentence)
{
    /// <summary>A wrong command line.</summary>
    internal static Complaint Usage(string sentence) => new(ExitCodes.Usage, $"{sentence} See --help.");

    /// <summary>An error of the client's.</summary>
    internal static Complaint Of(ClientError error) =>
        error.Fault == Fault.Caller ? Usage(error.Sentence) : new(ExitCodes.Of(error), error.Sentence);

    /// <summary>An input that cannot be read.</summary>
    internal static Complaint OfInput(Exception unread) =>
        new(
            ExitCodes.IoFailed,
            $"The input cannot be read ({Said(unread)}): check that it is there, is no folder, and that you may read it."
        );

    /// <summary>Whether an exception is one of these; a path may also be none at all.</summary>
    internal static bool IsOfStreams(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>An output that cannot be written.</summary>
    internal static Complaint OfOutput(Exception unwritten) =>
        new(
            ExitCodes.IoFailed,
            $"The output cannot be written ({Said(unwritten)}): check that it is no folder, that you may write it, and that there is space left."
        );

    /// <summary>What the system says of a file, whose name may be made of anything.</summary>
    internal static string Said(Exception failed) => Printable.Of(failed.Message.TrimEnd('.'));

    /// <summary>Says so, in one line.</summary>
    /// <returns>The exit code.</returns>
    internal int Tell(TextWriter error)
    {
        try
        {
            error.WriteLine($"{CommandLine.Name}: {Sentence}");
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
internal static class Outcome
{
    /// <summary>Says what went wrong, if anything did.</summary>
    /// <returns>The exit code.</returns>
    internal static int Told<T>(this Either<ClientError, T> ended, TextWriter error) =>
        ended.IsLeft ? Complaint.Of((ClientError)ended).Tell(error) : ExitCodes.Success.Code;
}
