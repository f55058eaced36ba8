using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.EventLoops;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>Several real loops of one server on simulated systems. A test chooses which loop turns.</summary>
internal sealed class Loops
{
    private const int MaxTurns = 100_000;

    private readonly SimulatedListener listener = new();
    private readonly ImmutableArray<SimulatedSystem> systems;
    private readonly ImmutableArray<EventLoop<SimulatedSystem>> loops;
    private readonly System.Collections.Generic.HashSet<int> ended = [];

    internal Loops(int count, int seed = 0, Func<SimulatedCall, int, Option<IoError>>? errors = null)
    {
        systems =
        [
            .. Enumerable
                .Range(0, count)
                .Select(index => new SimulatedSystem(seed, listener, isFirst: index == 0)
                {
                    Errors = errors ?? (static (_, _) => default),
                }),
        ];
        Assigned = [.. systems.Select(static system => new AssignedConnections(system.Wake))];
        loops = [.. systems.Zip(Assigned, Create)];
    }

    internal ConnectionLimiter Limiter { get; } = new(Some.With(Limits.Default, "max-connections", 0));

    internal ImmutableArray<AssignedConnections> Assigned { get; }

    internal CollectingLog Log { get; } = new();

    internal bool HaveEnded => ended.Count == loops.Length;

    internal SimulatedPeer Connect()
    {
        var peer = new SimulatedPeer();
        listener.Connect(peer);
        return peer;
    }

    /// <summary>One loop turns once, unless it has ended.</summary>
    internal void Turn(int which)
    {
        var index = which % loops.Length;
        if (!ended.Contains(index) && !loops[index].RunOnce())
        {
            ended.Add(index);
        }
    }

    /// <summary>Loops that have events turn, until none has.</summary>
    internal void Settle()
    {
        for (var turns = 0; Ready is >= 0 and var index; turns++)
        {
            Assert.True(turns < MaxTurns, "the loops turn without an end");
            Turn(index);
        }
    }

    /// <summary>Time passes for all of them.</summary>
    internal void Pass(TimeSpan time)
    {
        var until = listener.Time.Monotonic + time;
        for (var at = listener.Time.Monotonic; at <= until; at += TimeSpan.FromMilliseconds(5))
        {
            listener.Time.MoveTo(at);
            for (var index = 0; index < loops.Length; index++)
            {
                systems[index].Horizon = at;
                Turn(index);
            }

            Settle();
        }
    }

    internal void Drain()
    {
        foreach (var loop in loops)
        {
            loop.Drain(TimeSpan.Zero, acceptPending: true);
        }
    }

    /// <summary>One loop ends at once.</summary>
    internal void Abort(int which)
    {
        loops[which].Abort();
        loops[which].Run();
        ended.Add(which);
    }

    private int Ready =>
        Enumerable
            .Range(0, loops.Length)
            .FirstOrDefault(index => !ended.Contains(index) && systems[index].HasEvents, -1);

    private EventLoop<SimulatedSystem> Create(SimulatedSystem system, AssignedConnections own) =>
        new(system, Limits.Default, Limiter, own, Assigned, system.Time, Log);
}
