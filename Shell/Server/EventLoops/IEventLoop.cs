namespace TinyTcp.Server.EventLoops;

/// <summary>A loop as its thread's owner sees it, whatever system it runs on.</summary>
internal interface IEventLoop : IDisposable
{
    /// <summary>Counts the beginnings and the ends of turns: odd in a turn. From any thread.</summary>
    long Heartbeat { get; }

    /// <summary>Whether a loop with so many beats is in a turn; otherwise it waits, and may do so for ever.</summary>
    static bool IsBusy(long beats) => long.IsOddInteger(beats);

    /// <summary>Turns until it is stopped and nobody is left; everything is closed when it returns.</summary>
    void Run();

    /// <summary>
    /// From any thread, while it has not been disposed: say goodbye to everybody, then end.
    /// </summary>
    /// <param name="timeout">After how long whoever is left is cut; zero for never.</param>
    /// <param name="acceptPending">Whether to serve who waits already to be accepted.</param>
    void Drain(TimeSpan timeout, bool acceptPending);

    /// <summary>From any thread, while it has not been disposed: end now, whatever has not been said.</summary>
    void Abort();
}
