using LanguageExt;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>The first loop assigns connections to all loops, in whatever order they run.</summary>
public sealed class AssignmentLaws
{
    [Law]
    public bool Connections_that_stay_are_spread_evenly(
        byte threads,
        int seed,
        (byte Connects, byte Loop)[] operations
    )
    {
        var loops = new SimulatedLoops(1 + (threads % 5), seed);
        foreach (var (connects, index) in operations)
        {
            Enumerable.Range(0, connects % 40).ToList().ForEach(_ => loops.Connect());
            loops.RunOnce(index);
        }

        loops.RunUntilIdle();
        return loops.Assigned.Max(static loop => loop.Count) - loops.Assigned.Min(static loop => loop.Count)
            <= 1;
    }

    [Law]
    public bool Every_connection_is_served_however_connections_come_and_go(
        byte threads,
        int seed,
        (byte Connects, byte Finishes, byte Loop)[] operations
    )
    {
        var loops = new SimulatedLoops(1 + (threads % 5), seed);
        var peers = new List<SimulatedPeer>();
        foreach (var (connects, finishes, index) in operations)
        {
            peers.AddRange(Enumerable.Range(0, connects % 5).Select(_ => loops.Connect()));
            loops.RunOnce(index);
            peers.Where((_, n) => n % 7 == finishes % 14).ToList().ForEach(static peer => peer.Finish());
        }

        loops.RunUntilIdle();
        return peers.TrueForAll(static peer => Simulation.ReceivedBy(peer) == Simulation.Greeting)
            && loops.Assigned.Sum(static loop => loop.Count) == peers.Count(static peer => !peer.IsClosed)
            && loops.Limiter.Count == peers.Count(static peer => !peer.IsClosed);
    }

    [Law]
    public bool A_stop_serves_every_waiting_connection_and_closes_all(byte threads, int seed, byte[] indices)
    {
        var loops = new SimulatedLoops(1 + (threads % 5), seed);
        var peers = Enumerable.Range(0, 10).Select(_ => loops.Connect()).ToList();
        loops.RunOnce(0);
        peers.AddRange(Enumerable.Range(0, 10).Select(_ => loops.Connect()));
        loops.Drain();
        peers.ForEach(static peer => peer.Finish());
        Array.ForEach(indices, index => loops.RunOnce(index));
        loops.Advance(TimeSpan.FromSeconds(3));
        return loops.HaveStopped
            && peers.TrueForAll(static peer =>
                peer.IsClosed
                && Simulation.ReceivedBy(peer).StartsWith(Simulation.Greeting, StringComparison.Ordinal)
            );
    }

    [Fact]
    public void Sockets_assigned_to_a_failed_loop_are_closed_and_it_is_assigned_no_more()
    {
        var isFailing = false;
        var loops = new SimulatedLoops(
            2,
            errors: (call, _) =>
                call == SimulatedCall.Adopt && isFailing ? throw new IOException("for the test") : default
        );
        var peers = Enumerable.Range(0, 6).Select(_ => loops.Connect()).ToList();
        loops.RunOnce(0);
        isFailing = true;
        Assert.Throws<IOException>(() => loops.Run(1));
        Assert.Equal(2, peers.Count(static peer => peer.IsClosed));
        Assert.Equal(4, loops.Limiter.Count);

        isFailing = false;
        var last = loops.Connect();
        loops.RunUntilIdle();
        Assert.Equal(Simulation.Greeting, Simulation.ReceivedBy(last));
    }

    [Fact]
    public void A_loop_with_an_assigned_socket_does_not_end()
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

    /// <summary>S-10. The limit counts assigned sockets too: each holds a descriptor.</summary>
    [Fact]
    public void A_connection_above_the_limit_is_rejected_by_the_loop_that_accepts()
    {
        var loops = new SimulatedLoops(2, maxConnections: 4);
        var peers = Enumerable.Range(0, 100).Select(_ => loops.Connect()).ToList();
        loops.RunOnce(0);
        Assert.Equal(2, loops.Assigned[1].Count);
        Assert.Equal(2, peers.Count(static peer => Simulation.ReceivedBy(peer) == Simulation.Greeting));
        Assert.Equal(
            96,
            peers.Count(static peer => Simulation.ReceivedBy(peer) == WireBytes.Line(ErrorCode.ServerBusy))
        );

        loops.RunUntilIdle();
        Assert.All(
            peers.Take(4),
            static peer => Assert.Equal(Simulation.Greeting, Simulation.ReceivedBy(peer))
        );
    }

    [Fact]
    public void A_loop_that_cannot_adopt_connections_closes_them_and_logs_one_message()
    {
        var exhausted = new IoError(IoErrorKind.Exhausted, 28, "No space left on device");
        var isExhausted = true;
        var loops = new SimulatedLoops(
            2,
            errors: (call, _) => call == SimulatedCall.Adopt && isExhausted ? exhausted : Option<IoError>.None
        );
        var peers = Enumerable.Range(0, 9).Select(_ => loops.Connect()).ToList();
        loops.Advance(TimeSpan.FromSeconds(5));
        Assert.All(peers, static peer => Assert.True(peer.IsClosed));
        Assert.All(loops.Assigned, static loop => Assert.Equal(0, loop.Count));
        Assert.Equal(1, loops.Log.Count(20));

        isExhausted = false;
        loops.Advance(TimeSpan.FromSeconds(5));
        var peer = loops.Connect();
        loops.RunUntilIdle();
        Assert.Equal(Simulation.Greeting, Simulation.ReceivedBy(peer));
    }

    private static AcceptedSocket Socket(int number) =>
        new(number, ISystem.UnknownEndPoint, SessionEvent.Opened);
}
