using LanguageExt;
using TinyTcp.Server.Admission;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>How several loops share who comes, in whatever order they turn and whichever the kernel tells.</summary>
public sealed class AcceptShareLaws
{
    [Law]
    public bool No_loop_takes_much_more_than_its_share(byte threads, int seed, (byte Come, byte Turn)[] acts)
    {
        var loops = new Loops(1 + (threads % 5), seed);
        return acts.All(act =>
            {
                Enumerable.Range(0, act.Come % 40).ToList().ForEach(_ => loops.Connect());
                loops.Turn(act.Turn);
                return IsShared(loops.Admission);
            }) && IsSharedAfterAll(loops);
    }

    [Law]
    public bool Nobody_waits_and_nobody_spins_however_connections_come_and_go(
        byte threads,
        int seed,
        (byte Come, byte Leave, byte Turn)[] acts
    )
    {
        var loops = new Loops(1 + (threads % 5), seed);
        var peers = new List<SimulatedPeer>();
        return acts.All(act =>
        {
            peers.AddRange(Enumerable.Range(0, act.Come % 5).Select(_ => loops.Connect()));
            peers.Where((_, n) => n % 7 == act.Leave % 14).ToList().ForEach(static peer => peer.Finish());
            loops.Turn(act.Turn);
            loops.Settle();
            return peers.TrueForAll(static peer => Simulation.Said(peer) == Simulation.Greeting);
        });
    }

    // Between two acts only one loop turns: the others do not know yet what has happened. Who comes last has nobody after
    // him whose coming could have him found.
    [Law(times: 20)]
    public bool Nobody_waits_for_ever_in_whatever_order_loops_learn_of_it(
        byte present,
        int seed,
        byte[] leavers,
        (byte Leave, byte Turn)[] acts
    )
    {
        var loops = new Loops(3, seed);
        var peers = new List<SimulatedPeer>();
        Come(1 + (present % 12));
        loops.Settle();
        Array.ForEach(leavers, Leave);
        loops.Settle();
        Come(2);
        foreach (var (leave, turn) in acts)
        {
            loops.Turn(turn);
            Leave(leave);
        }

        loops.Settle();
        return peers.TrueForAll(static peer => Simulation.Said(peer) == Simulation.Greeting);

        void Come(int count) => peers.AddRange(Enumerable.Range(0, count).Select(_ => loops.Connect()));

        void Leave(byte which) => peers[which % peers.Count].Finish();
    }

    [Fact]
    public void Accepting_that_fails_in_several_loops_is_one_episode_in_the_log()
    {
        var exhausted = new IoError(IoErrorKind.Exhausted, 24, "Too many open files");
        var broken = true;
        var loops = new Loops(
            3,
            faults: (call, _) => call == SimulatedCall.Accept && broken ? exhausted : Option<IoError>.None
        );
        var peers = Enumerable.Range(0, 9).Select(_ => loops.Connect()).ToList();
        loops.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(1, loops.Log.Count(20));

        broken = false;
        loops.Pass(TimeSpan.FromSeconds(5));
        Assert.All(peers, static peer => Assert.Equal(Simulation.Greeting, Simulation.Said(peer)));
        Assert.Equal(1, loops.Log.Count(20));
        Assert.Equal(1, loops.Log.Count(21));
    }

    private static bool IsSharedAfterAll(Loops loops)
    {
        loops.Settle();
        return IsShared(loops.Admission);
    }

    private static bool IsShared(ConnectionLimiter admission) =>
        admission.Shares.All(share =>
            share.Count <= admission.Average + (admission.Average / AcceptShare.Tolerance) + 1
        );
}
