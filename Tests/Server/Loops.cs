using LanguageExt;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Loop;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>Several real loops on one simulated listener: a test says who comes, who leaves and which loop turns.</summary>
internal sealed class Loops
{
    private const int Patience = 100_000;

    private readonly SimulatedListener listener;
    private readonly List<(SimulatedSystem System, EventLoop<SimulatedSystem> Loop)> all;

    internal Loops(int count, int seed = 0, Func<Call, int, Option<Fault>>? faults = null)
    {
        listener = new SimulatedListener(seed);
        all =
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => new SimulatedSystem(seed, listener)
                {
                    Faults = faults ?? (static (_, _) => default),
                })
                .Select(system => (system, On(system))),
        ];
    }

    internal Admission Admission { get; } = new(Some.With(Limits.Default, "max-connections", 0));

    internal CollectingLog Log { get; } = new();

    internal SimulatedPeer Connect()
    {
        var peer = new SimulatedPeer();
        listener.Connect(peer);
        return peer;
    }

    /// <summary>One loop turns once.</summary>
    internal void Turn(int which) => all[which % all.Count].Loop.Turn();

    /// <summary>Loops that have something to do turn, until none has.</summary>
    internal void Settle()
    {
        for (var turns = 0; all.Exists(static each => each.System.HasNews); turns++)
        {
            Assert.True(turns < Patience, "the loops turn and turn, and nothing comes of it");
            all.First(static each => each.System.HasNews).Loop.Turn();
        }
    }

    /// <summary>Time passes for all of them.</summary>
    internal void Pass(TimeSpan time)
    {
        var until = listener.Time.Uptime + time;
        for (var at = listener.Time.Uptime; at <= until; at += TimeSpan.FromMilliseconds(5))
        {
            listener.Time.MoveTo(at);
            all.ForEach(each => each.System.Horizon = at);
            all.ForEach(static each => each.Loop.Turn());
            Settle();
        }
    }

    private EventLoop<SimulatedSystem> On(SimulatedSystem system) =>
        new(system, Limits.Default, Admission.Join(system.Wake), system.Time, Log);
}
