using System.Collections.Immutable;

namespace TinyTcp.Shell;

/// <summary>An exit code of the program. Help follows from these rows.</summary>
/// <param name="Code">The number that the calling shell sees.</param>
/// <param name="Description">The cause, as help shows it.</param>
internal sealed record ExitCode(int Code, string Description)
{
    /// <summary>Stopped in order.</summary>
    public static ExitCode Stopped { get; } =
        new(0, "stopped in order (Ctrl-C, SIGTERM), or printed help, version or settings");

    /// <summary>A server thread failed, or standard output could not be written.</summary>
    public static ExitCode Failed { get; } =
        new(1, "crashed, or could not print; the log or standard error has the reason");

    /// <summary>A setting is invalid.</summary>
    public static ExitCode Usage { get; } = new(2, "invalid option, environment variable or settings file");

    /// <summary>The server could not start.</summary>
    public static ExitCode CannotStart { get; } =
        new(3, "cannot start: address or port file unusable, too few files, threads, memory");

    /// <summary>Stopped, but aborted connections.</summary>
    public static ExitCode Aborted { get; } =
        new(4, "stopped, but aborted connections (drain-timeout passed, or a second signal)");

    /// <summary>All exit codes, in the order of help.</summary>
    public static ImmutableArray<ExitCode> All { get; } = [Stopped, Failed, Usage, CannotStart, Aborted];
}
