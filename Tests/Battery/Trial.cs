namespace TinyTcp.Tests.Battery;

/// <summary>One attack or load on a running server, and the checks of how the server handles it.</summary>
/// <param name="Name">What the trial does, in a few words.</param>
/// <param name="Options">The server's options.</param>
/// <param name="Run">Runs the trial; returns the measured figures, and throws if the server misbehaves.</param>
internal sealed record Trial(string Name, string[] Options, Func<ServerProcess, Scale, Task<string>> Run)
{
    /// <summary>The server's descriptor limit; 0 inherits the limit of this process.</summary>
    public int Descriptors { get; init; }

    /// <summary>Whether it has no warm-up at brief scale, because it takes long or stops the server.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>Whether the server's log is read; if not, its pipe blocks.</summary>
    public bool ReadsLog { get; init; } = true;
}
