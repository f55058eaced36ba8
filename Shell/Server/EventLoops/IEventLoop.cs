using TinyTcp.Server.Connections;

namespace TinyTcp.Server.EventLoops;

/// <summary>An event loop as the server sees it, whatever system it runs on.</summary>
internal interface IEventLoop : IDisposable
{
    /// <summary>How often a turn has begun or ended: odd during a turn. It may be read from any thread.</summary>
    long Heartbeat { get; }

    /// <summary>The allocator of its connections' pending bytes.</summary>
    BufferAllocator Allocator { get; }

    /// <summary>Whether a loop with this heartbeat is in a turn. If not, it waits for events.</summary>
    static bool IsBusy(long heartbeat) => long.IsOddInteger(heartbeat);

    /// <summary>Runs until the loop is stopped and has no connections. All of them are closed when it returns.</summary>
    void Run();

    /// <summary>Sends the shutdown notice to every connection, then ends. From any thread, until it is disposed.</summary>
    /// <param name="timeout">When to abort the connections that are left; zero for never.</param>
    /// <param name="ownsListeners">
    /// Whether connections that wait already are accepted, and then the listeners closed; if not, they are for the next server.
    /// </param>
    void Drain(TimeSpan timeout, bool ownsListeners);

    /// <summary>Aborts every connection, then ends. From any thread, until it is disposed.</summary>
    /// <param name="ownsListeners">Whether the listeners are closed, and connections that wait already are aborted.</param>
    void Abort(bool ownsListeners);
}
