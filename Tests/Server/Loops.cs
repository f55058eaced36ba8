using LanguageExt;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.EventLoops;
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

    internal Loops(int count, int seed = 0, Func<SimulatedCall, int, Option<IoError>>? faults = null)
    {
        listener = new SimulatedListener(seed);
        all =
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => new SimulatedSystem(seed, listener)
                {
                    Errors = faults ?? (static (_, _) => default),
                })
                .Select(system => (system, On(system))),
        ];
    }

    internal ConnectionLimiter Admission { get; } = new(Some.With(Limits.Default, "max-connections", 0));

    internal CollectingLog Log { get; } = new();

    internal SimulatedPeer Connect()
    {
        var peer = new SimulatedPeer();
        listener.Connect(peer);
        return peer;
    }

    /// <summary>One loop turns once.</summary>
    internal void Turn(int which) => all[which % all.Count].Loop.RunOnce();

    /// <summary>Loops that have something to do turn, until none has.</summary>
    internal void Settle()
    {
        for (var turns = 0; all.Exists(static each => each.System.HasEvents); turns++)
        {
            Assert.True(turns < Patience, "the loops turn and turn, and nothing comes of it");
            all.First(static each => each.System.HasEvents).Loop.RunOnce();
        }
    }

    /// <summary>Time passes for all of them.</summary>
    internal void Pass(TimeSpan time)
    {
        var until = listener.Time.Monotonic + time;
        for (var at = listener.Time.Monotonic; at <= until; at += TimeSpan.FromMilliseconds(5))
        {
            listener.Time.MoveTo(at);
            all.ForEach(each => each.System.Horizon = at);
            all.ForEach(static each => each.Loop.RunOnce());
            Settle();
        }
    }

    private EventLoop<SimulatedSystem> On(SimulatedSystem system) =>
        new(system, Limits.Default, Admission.Join(system.Wake), system.Time, Log);
}
