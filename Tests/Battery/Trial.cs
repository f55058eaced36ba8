namespace TinyTcp.Tests.Battery;

/// <summary>Something that is done to a server that runs, and what it has to do then.</summary>
/// <param name="Name">What is done, in a few words.</param>
/// <param name="Options">The server's options.</param>
/// <param name="Run">Does it, fails where the server does not do what it has to, and says in figures what it did.</param>
internal sealed record Trial(string Name, string[] Options, Func<Target, Scale, Task<string>> Run)
{
    /// <summary>How many descriptors the server may have; 0 for as many as this process.</summary>
    public int Descriptors { get; init; }

    /// <summary>Whether it is done without a little of it first: it takes long, or ends with the server stopped.</summary>
    public bool IsDoneOnce { get; init; }

    /// <summary>Whether the server's log is read: if not, it hangs.</summary>
    public bool IsHeard { get; init; } = true;
}
