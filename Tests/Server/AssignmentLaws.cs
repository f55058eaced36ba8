using LanguageExt;
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
        return peers.TrueForAll(static peer => Simulation.Said(peer) == Simulation.Greeting)
            && loops.Assigned.Sum(static loop => loop.Count) == peers.Count(static peer => !peer.IsClosed)
            && loops.Limiter.Count == peers.Count(static peer => !peer.IsClosed);
    }

    [Law]
    public bool A_stop_serves_every_connection_that_was_accepted_and_closes_all(
        byte threads,
        int seed,
        byte[] turns
    )
    {
        var loops = new Loops(1 + (threads % 5), seed);
        var peers = Enumerable.Range(0, 20).Select(_ => loops.Connect()).ToList();
        loops.Turn(0);
        loops.Drain();
        peers.ForEach(static peer => peer.Finish());
        Array.ForEach(turns, turn => loops.Turn(turn));
        loops.Pass(TimeSpan.FromSeconds(3));
        return loops.HaveEnded
            && peers.TrueForAll(static peer =>
                peer.IsClosed
                && Simulation.Said(peer).StartsWith(Simulation.Greeting, StringComparison.Ordinal)
            );
    }

    [Fact]
    public void A_socket_that_was_assigned_to_a_loop_that_is_aborted_is_closed()
    {
        var loops = new Loops(2);
        var peers = Enumerable.Range(0, 4).Select(_ => loops.Connect()).ToList();
        loops.Turn(0);
        loops.Abort(1);
        Assert.Equal(2, peers.Count(static peer => peer.IsClosed));

        peers.Add(loops.Connect());
        loops.Settle();
        Assert.Equal(Simulation.Greeting, Simulation.Said(peers[^1]));
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
        Assert.Equal(Simulation.Greeting, Simulation.Said(peer));
    }
}
