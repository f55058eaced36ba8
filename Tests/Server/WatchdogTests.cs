using LanguageExt;
using Microsoft.Extensions.Time.Testing;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.EventLoops;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>Who looks after the loops.</summary>
public sealed class WatchdogTests
{
    private const int Refused = 23;
    private const int Stuck = 24;
    private const int MovesAgain = 25;

    private readonly CollectingLog log = new();
    private int returns;
    private readonly ConnectionLimiter admission = new(Some.With(Limits.Default, "max-connections", 1));

    [Fact]
    public void A_loop_that_stays_in_a_turn_is_said_to_be_stuck_once_and_to_move_when_it_does()
    {
        var looks = static () => { };
        var system = new SimulatedSystem(0, new SimulatedListener())
        {
            Errors = (_, _) =>
            {
                looks();
                return Option<IoError>.None;
            },
        };
        using var loop = Loop(system);
        using Watchdog man = Watching(loop);
        looks = () => Enumerable.Range(0, 5).ToList().ForEach(_ => man.Check());
        system.Connect(new SimulatedPeer());
        loop.RunOnce();
        Assert.Equal(1, log.Count(Stuck));
        Assert.True(man.IsAnyStuck);

        man.Check();
        man.Check();
        Assert.Equal((1, 1), (log.Count(Stuck), log.Count(MovesAgain)));
        Assert.False(man.IsAnyStuck);
    }

    [Fact]
    public void A_loop_that_waits_is_not_stuck_however_long_nothing_happens()
    {
        var system = new SimulatedSystem(0, new SimulatedListener());
        using var loop = Loop(system);
        using Watchdog man = Watching(loop);
        loop.RunOnce();
        Enumerable.Range(0, 100).ToList().ForEach(_ => man.Check());
        Assert.Equal(0, log.Count(Stuck));
    }

    [Fact]
    public void Refusals_are_summed_up_and_not_told_one_by_one()
    {
        var system = new SimulatedSystem(0, new SimulatedListener());
        using var loop = Loop(system);
        using Watchdog man = Watching(loop);
        for (var second = 0; second < 20; second++)
        {
            Enumerable.Range(0, 50).ToList().ForEach(_ => system.Connect(new SimulatedPeer()));
            loop.RunOnce();
            man.Check();
        }

        Assert.Equal(
            ["Rejected 49 connections", "Rejected 500 connections"],
            log.Entries.Where(static entry => entry.Id == Refused)
                .Select(static entry => entry.Text.Split(':')[0])
        );
    }

    private EventLoop<SimulatedSystem> Loop(SimulatedSystem system) =>
        Create(system, new AssignedConnections(system.Wake));

    private EventLoop<SimulatedSystem> Create(SimulatedSystem system, AssignedConnections assigned) =>
        new(
            system,
            Some.With(Limits.Default, "max-connections", 1),
            admission,
            assigned,
            [assigned],
            system.Time,
            log
        );

    private Watchdog Watching(EventLoop<SimulatedSystem> loop) =>
        new([loop], admission, () => returns++, new FakeTimeProvider(), log);
}
