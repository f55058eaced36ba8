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

/// <summary>The real loop on a simulated system: a test moves the peers and the time, and the loop turns.</summary>
internal sealed class Simulation : IDisposable
{
    private const int Patience = 100_000;

    private readonly EventLoop<SimulatedSystem> loop;

    internal Simulation(
        Limits? limits = null,
        int seed = 0,
        bool cutsBytes = false,
        Func<SimulatedCall, int, Option<IoError>>? faults = null,
        int acceptsPerTurn = int.MaxValue,
        CollectingLog? log = null
    )
    {
        Log = log ?? new CollectingLog();
        var kept = limits ?? Limits.Default;
        Admission = new ConnectionLimiter(kept);
        System = new SimulatedSystem(seed, new SimulatedListener())
        {
            SplitsBytes = cutsBytes,
            Errors = faults ?? NoFaults,
            AcceptsPerWait = acceptsPerTurn,
        };
        var assigned = new AssignedConnections(System.Wake);
        loop = new EventLoop<SimulatedSystem>(
            System,
            kept,
            Admission,
            assigned,
            [assigned],
            System.Time,
            Log
        );
    }

    internal SimulatedSystem System { get; }

    internal ConnectionLimiter Admission { get; }

    internal CollectingLog Log { get; }

    internal bool HasEnded { get; private set; }

    internal static string Greeting { get; } = WireBytes.Line(Protocol.Greeting);

    /// <summary>Turns until nothing more happens by itself.</summary>
    internal Simulation Settle() => Pass(TimeSpan.Zero);

    /// <summary>Turns until so much time has passed and nothing more happens.</summary>
    internal Simulation Pass(TimeSpan time)
    {
        System.Horizon += time;
        var turns = 0;
        do
        {
            Assert.True(++turns < Patience, "the loop turns and turns, and nothing comes of it");
            HasEnded = HasEnded || !loop.RunOnce();
        } while (!HasEnded && (System.HasEvents || System.Time.Monotonic < System.Horizon));
        return this;
    }

    /// <summary>A client connects, sends, and everything that follows happens.</summary>
    internal SimulatedPeer Visit(string bytes) => Visit(bytes, new SimulatedPeer());

    internal SimulatedPeer Visit(string bytes, SimulatedPeer peer)
    {
        System.Connect(peer).Send(WireBytes.Bytes(bytes));
        Settle();
        return peer;
    }

    internal Simulation Send(SimulatedPeer peer, string bytes)
    {
        peer.Send(WireBytes.Bytes(bytes));
        return Settle();
    }

    internal Simulation Finish(SimulatedPeer peer)
    {
        peer.Finish();
        return Settle();
    }

    /// <summary>How long a stop gives conversations to end.</summary>
    internal static TimeSpan DrainTimeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Asks for a stop; what follows from it by itself happens.</summary>
    internal Simulation Stop()
    {
        loop.Drain(DrainTimeout, acceptPending: true);
        return Settle();
    }

    internal Simulation Cut()
    {
        loop.Abort();
        return Settle();
    }

    internal static string Said(SimulatedPeer peer) => Encoding.Latin1.GetString(peer.Received);

    public void Dispose() => loop.Dispose();

    private static Option<IoError> NoFaults(SimulatedCall call, int before) => default;
}
