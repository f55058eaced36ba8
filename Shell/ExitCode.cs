using System.Collections.Immutable;

namespace TinyTcp.Shell;

/// <summary>An exit code of the program. Help follows from these rows.</summary>
/// <param name="Code">The number that the calling shell sees.</param>
/// <param name="Description">The cause, as help shows it.</param>
internal sealed record ExitCode(int Code, string Description)
{
    /// <summary>Stopped in order.</summary>
    public static ExitCode Stopped { get; } =
        new(0, "stopped in order (Ctrl-C, SIGTERM), or printed help or version");

    /// <summary>A server thread failed.</summary>
    public static ExitCode Crashed { get; } = new(1, "crashed; the log has the reason");

    /// <summary>A setting is invalid.</summary>
    public static ExitCode Usage { get; } =
        new(2, "invalid option, environment variable or appsettings.json");

    /// <summary>The server could not listen.</summary>
    public static ExitCode CannotListen { get; } =
        new(3, "cannot listen: the port is in use, or the address is not this machine's");

    /// <summary>Stopped, but aborted connections.</summary>
    public static ExitCode Aborted { get; } =
        new(4, "stopped, but aborted connections (drain-timeout passed, or a second signal)");

    /// <summary>All exit codes, in the order of help.</summary>
    public static ImmutableArray<ExitCode> All { get; } = [Stopped, Crashed, Usage, CannotListen, Aborted];
}
