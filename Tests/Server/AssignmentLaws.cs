using LanguageExt;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>How the first loop assigns connections to all loops, in whatever order the loops turn.</summary>
public sealed class AssignmentLaws
{
    [Law]
    public bool Connections_that_stay_are_spread_evenly(byte threads, int seed, (byte Come, byte Turn)[] acts)
    {
        var loops = new Loops(1 + (threads % 5), seed);
        foreach (var (come, turn) in acts)
        {
            Enumerable.Range(0, come % 40).ToList().ForEach(_ => loops.Connect());
            loops.Turn(turn);
        }

        loops.Settle();
        return loops.Assigned.Max(static loop => loop.Count) - loops.Assigned.Min(static loop => loop.Count)
            <= 1;
    }

    [Law]
    public bool Every_connection_is_served_however_connections_come_and_go(
        byte threads,
        int seed,
        (byte Come, byte Leave, byte Turn)[] acts
    )
    {
        var loops = new Loops(1 + (threads % 5), seed);
        var peers = new List<SimulatedPeer>();
        foreach (var (come, leave, turn) in acts)
        {
            peers.AddRange(Enumerable.Range(0, come % 5).Select(_ => loops.Connect()));
            loops.Turn(turn);
            peers.Where((_, n) => n % 7 == leave % 14).ToList().ForEach(static peer => peer.Finish());
        }

        loops.Settle();
        return peers.TrueForAll(static peer => Simulation.ReceivedBy(peer) == Simulation.Greeting)
            && loops.Assigned.Sum(static loop => loop.Count) == peers.Count(static peer => !peer.IsClosed)
            && loops.Limiter.Count == peers.Count(static peer => !peer.IsClosed);
    }

    [Law]
    public bool A_stop_serves_every_connection_that_waits_and_closes_all(byte threads, int seed, byte[] turns)
    {
        var loops = new Loops(1 + (threads % 5), seed);
        var peers = Enumerable.Range(0, 10).Select(_ => loops.Connect()).ToList();
        loops.Turn(0);
        peers.AddRange(Enumerable.Range(0, 10).Select(_ => loops.Connect()));
        loops.Drain();
        peers.ForEach(static peer => peer.Finish());
        Array.ForEach(turns, turn => loops.Turn(turn));
        loops.Pass(TimeSpan.FromSeconds(3));
        return loops.HaveEnded
            && peers.TrueForAll(static peer =>
                peer.IsClosed
                && Simulation.ReceivedBy(peer).StartsWith(Simulation.Greeting, StringComparison.Ordinal)
            );
    }

    [Fact]
    public void Sockets_that_wait_for_a_loop_that_fails_are_closed_and_it_is_assigned_no_more()
    {
        var fails = false;
        var loops = new Loops(
            2,
            errors: (call, _) =>
                call == SimulatedCall.Adopt && fails ? throw new IOException("for the test") : default
        );
        var peers = Enumerable.Range(0, 6).Select(_ => loops.Connect()).ToList();
        loops.Turn(0);
        fails = true;
        Assert.Throws<IOException>(() => loops.Run(1));
        Assert.Equal(2, peers.Count(static peer => peer.IsClosed));
        Assert.Equal(4, loops.Limiter.Count);

        fails = false;
        var last = loops.Connect();
        loops.Settle();
        Assert.Equal(Simulation.Greeting, Simulation.ReceivedBy(last));
    }

    [Fact]
    public void A_loop_with_a_socket_that_waits_does_not_end()
    {
        var assigned = new AssignedConnections(static () => { });
        Assert.True(assigned.TryAssign(Socket(7)));
        Assert.False(assigned.TryClose());
        Assert.True(assigned.TryTake(out var socket));
        Assert.Equal((7, 1), (socket.Socket, assigned.Count));

        Assert.True(assigned.TryClose());
        Assert.False(assigned.TryAssign(Socket(8)));
        Assert.False(assigned.TryTake(out _));
    }

    /// <summary>S-10. A socket in a queue keeps a descriptor, and there may be no more descriptors.</summary>
    [Fact]
    public void A_connection_above_the_limit_is_rejected_by_the_loop_that_accepts()
    {
        var loops = new Loops(2, maxConnections: 4);
        var peers = Enumerable.Range(0, 100).Select(_ => loops.Connect()).ToList();
        loops.Turn(0);
        Assert.Equal(2, loops.Assigned[1].Count);
        Assert.Equal(2, peers.Count(static peer => Simulation.ReceivedBy(peer) == Simulation.Greeting));
        Assert.Equal(
            96,
            peers.Count(static peer => Simulation.ReceivedBy(peer) == WireBytes.Line(ErrorCode.ServerBusy))
        );

        loops.Settle();
        Assert.All(
            peers.Take(4),
            static peer => Assert.Equal(Simulation.Greeting, Simulation.ReceivedBy(peer))
        );
    }

    [Fact]
    public void A_loop_that_cannot_adopt_a_connection_closes_it_and_logs_the_series_once()
    {
        var full = new IoError(IoErrorKind.Exhausted, 28, "No space left on device");
        var broken = true;
        var loops = new Loops(
            2,
            errors: (call, _) => call == SimulatedCall.Adopt && broken ? full : Option<IoError>.None
        );
        var peers = Enumerable.Range(0, 9).Select(_ => loops.Connect()).ToList();
        loops.Pass(TimeSpan.FromSeconds(5));
        Assert.All(peers, static peer => Assert.True(peer.IsClosed));
        Assert.All(loops.Assigned, static loop => Assert.Equal(0, loop.Count));
        Assert.InRange(loops.Log.Count(20), 1, 2);

        broken = false;
        loops.Pass(TimeSpan.FromSeconds(5));
        var peer = loops.Connect();
        loops.Settle();
        Assert.Equal(Simulation.Greeting, Simulation.ReceivedBy(peer));
    }

    private static AcceptedSocket Socket(int number) =>
        new(number, ISystem.UnknownEndPoint, SessionEvent.Opened);
}
