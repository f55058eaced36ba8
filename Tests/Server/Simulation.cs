using System.Text;
using LanguageExt;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Server.Admission;
using TinyTcp.Server.EventLoops;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>The real loop on a simulated system. A test controls the peers and the time.</summary>
internal sealed class Simulation : IDisposable
{
    private const int MaxIterations = 100_000;

    private readonly EventLoop<SimulatedSystem> loop;

    internal Simulation(
        Limits? limits = null,
        int seed = 0,
        bool splitsBytes = false,
        Func<SimulatedCall, int, Option<IoError>>? errors = null,
        int acceptsPerWait = int.MaxValue,
        CollectingLog? log = null
    )
    {
        Log = log ?? new CollectingLog();
        var loopLimits = limits ?? Limits.Default;
        Limiter = new ConnectionLimiter(loopLimits);
        System = new SimulatedSystem(seed, new SimulatedListener())
        {
            SplitsBytes = splitsBytes,
            Errors = errors ?? NoErrors,
            AcceptsPerWait = acceptsPerWait,
        };
        var assigned = new AssignedConnections(System.Wake);
        loop = new EventLoop<SimulatedSystem>(
            System,
            loopLimits,
            Limiter,
            assigned,
            [assigned],
            System.Time,
            Log
        );
    }

    internal SimulatedSystem System { get; }

    internal ConnectionLimiter Limiter { get; }

    internal CollectingLog Log { get; }

    internal bool HasStopped { get; private set; }

    internal static string Greeting { get; } = WireBytes.Line(Protocol.Greeting);

    /// <summary>Runs the loop until it is idle.</summary>
    internal Simulation RunUntilIdle() => Advance(TimeSpan.Zero);

    /// <summary>Runs the loop until the time has passed and it is idle.</summary>
    internal Simulation Advance(TimeSpan time)
    {
        System.Horizon += time;
        var iterations = 0;
        do
        {
            Assert.True(++iterations < MaxIterations, "the loop never becomes idle");
            HasStopped = HasStopped || !loop.RunOnce();
        } while (!HasStopped && (System.HasEvents || System.Time.Monotonic < System.Horizon));
        return this;
    }

    /// <summary>Connects a client that sends bytes, and runs the loop until it is idle.</summary>
    internal SimulatedPeer Connect(string bytes) => Connect(bytes, new SimulatedPeer());

    internal SimulatedPeer Connect(string bytes, SimulatedPeer peer)
    {
        System.Connect(peer).Send(WireBytes.Bytes(bytes));
        RunUntilIdle();
        return peer;
    }

    internal Simulation Send(SimulatedPeer peer, string bytes)
    {
        peer.Send(WireBytes.Bytes(bytes));
        return RunUntilIdle();
    }

    internal Simulation Finish(SimulatedPeer peer)
    {
        peer.Finish();
        return RunUntilIdle();
    }

    /// <summary>The time-out of <see cref="Stop"/>.</summary>
    internal static TimeSpan DrainTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Starts a drain, and runs the loop until it is idle.</summary>
    internal Simulation Stop()
    {
        loop.Drain(DrainTimeout, acceptPending: true);
        return RunUntilIdle();
    }

    internal Simulation Abort()
    {
        loop.Abort();
        return RunUntilIdle();
    }

    internal static string ReceivedBy(SimulatedPeer peer) => Encoding.Latin1.GetString(peer.Received);

    public void Dispose() => loop.Dispose();

    private static Option<IoError> NoErrors(SimulatedCall call, int count) => default;
}
