using System.Collections.Immutable;

namespace TinyTcp.Shell;

/// <summary>How the program can end: help and documents follow from these rows.</summary>
/// <param name="Code">The number that the shell sees.</param>
/// <param name="When">When, for people.</param>
internal sealed record ExitCode(int Code, string When)
{
    /// <summary>Stopped in order.</summary>
    public static ExitCode Stopped { get; } =
        new(0, "stopped in order (Ctrl-C, SIGTERM), or help or version was shown");

    /// <summary>Died.</summary>
    public static ExitCode Crashed { get; } = new(1, "the server died: the log says why");

    /// <summary>Told something wrong.</summary>
    public static ExitCode Usage { get; } =
        new(2, "an option, environment variable or appsettings.json is wrong");

    /// <summary>Could not listen.</summary>
    public static ExitCode CannotListen { get; } =
        new(3, "cannot listen: the port is in use, or the address not ours");

    /// <summary>Stopped, but not in order.</summary>
    public static ExitCode Aborted { get; } =
        new(4, "stopped, but cut conversations: drain-timeout was over, or it was told twice");

    /// <summary>All of them.</summary>
    public static ImmutableArray<ExitCode> All { get; } = [Stopped, Crashed, Usage, CannotListen, Aborted];
}
