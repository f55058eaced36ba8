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
        int eventsPerWait = int.MaxValue,
        int receiveBuffer = 64 * 1024,
        Func<SimulatedMoment, bool>? onMoment = null,
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
            EventsPerWait = eventsPerWait,
            ReceiveBuffer = receiveBuffer,
            OnMoment = onMoment ?? (static _ => false),
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

    /// <summary>Runs the loop until the time has passed and it is idle: after an iteration that began without events.</summary>
    internal Simulation Advance(TimeSpan time)
    {
        System.Horizon += time;
        var iterations = 0;
        bool isIdle;
        do
        {
            Assert.True(++iterations < MaxIterations, "the loop never becomes idle");
            isIdle = !System.HasEvents && System.Time.Monotonic >= System.Horizon;
            HasStopped = HasStopped || !loop.RunOnce();
        } while (!HasStopped && (!isIdle || System.HasEvents));
        return this;
    }

    /// <summary>Runs the loop so many times, each a while after the one before, even if it never becomes idle.</summary>
    internal void Run(int iterations, TimeSpan interval)
    {
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            System.Horizon += interval;
            System.Time.MoveTo(System.Horizon);
            HasStopped = HasStopped || !loop.RunOnce();
        }
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

    /// <summary>The longest linger (S-3): the second begins up to 250 ms after the peer has acknowledged everything.</summary>
    internal static TimeSpan MaxLinger { get; } = Session.LingerTime + TimeSpan.FromMilliseconds(250);

    /// <summary>The longest write timeout: a peer that receives nothing is reset up to an eighth later (S-12).</summary>
    internal static TimeSpan MaxWrite { get; } = Limits.Default.WriteTimeout * 9 / 8;

    /// <summary>The time-out of <see cref="Stop"/>.</summary>
    internal static TimeSpan DrainTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Starts a drain, and runs the loop until it is idle.</summary>
    internal Simulation Stop()
    {
        RequestStop();
        return RunUntilIdle();
    }

    /// <summary>Starts a drain; the loop runs later.</summary>
    internal void RequestStop(TimeSpan? drainTimeout = null) =>
        loop.Drain(drainTimeout ?? DrainTimeout, ownsListeners: true);

    internal Simulation Abort()
    {
        loop.Abort(ownsListeners: true);
        return RunUntilIdle();
    }

    internal static string ReceivedBy(SimulatedPeer peer) => Encoding.Latin1.GetString(peer.Received);

    public void Dispose() => loop.Dispose();

    private static Option<IoError> NoErrors(SimulatedCall call, int count) => default;
}
