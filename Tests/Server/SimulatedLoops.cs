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

/// <summary>Several real loops of one server on simulated systems. A test chooses which loop runs.</summary>
internal sealed class SimulatedLoops
{
    private const int MaxIterations = 100_000;

    private readonly SimulatedListener listener = new();
    private readonly ImmutableArray<SimulatedSystem> systems;
    private readonly ImmutableArray<EventLoop<SimulatedSystem>> loops;
    private readonly System.Collections.Generic.HashSet<int> ended = [];

    internal SimulatedLoops(
        int count,
        int seed = 0,
        Func<SimulatedCall, int, Option<IoError>>? errors = null,
        int maxConnections = 0
    )
    {
        Limiter = new ConnectionLimiter(TestValues.With(Limits.Default, "max-connections", maxConnections));
        systems =
        [
            .. Enumerable
                .Range(0, count)
                .Select(index => new SimulatedSystem(seed, listener, hasListener: index == 0)
                {
                    Errors = errors ?? (static (_, _) => default),
                }),
        ];
        Assigned = [.. systems.Select(static system => new AssignedConnections(system.Wake))];
        loops = [.. systems.Zip(Assigned, Create)];
    }

    internal ConnectionLimiter Limiter { get; }

    internal ImmutableArray<AssignedConnections> Assigned { get; }

    internal CollectingLog Log { get; } = new();

    internal bool HaveStopped => ended.Count == loops.Length;

    internal SimulatedPeer Connect()
    {
        var peer = new SimulatedPeer();
        listener.Connect(peer);
        return peer;
    }

    /// <summary>Runs one iteration of a loop, unless it has ended.</summary>
    internal void RunOnce(int number)
    {
        var index = number % loops.Length;
        if (!ended.Contains(index) && !loops[index].RunOnce())
        {
            ended.Add(index);
        }
    }

    /// <summary>Runs loops that have events until none has any.</summary>
    internal void RunUntilIdle()
    {
        for (var iterations = 0; Ready is >= 0 and var index; iterations++)
        {
            Assert.True(iterations < MaxIterations, "the loops never become idle");
            RunOnce(index);
        }
    }

    /// <summary>Advances the time of all loops, in steps of 5 ms.</summary>
    internal void Advance(TimeSpan time)
    {
        var until = listener.Time.Monotonic + time;
        for (var at = listener.Time.Monotonic; at <= until; at += TimeSpan.FromMilliseconds(5))
        {
            listener.Time.MoveTo(at);
            for (var index = 0; index < loops.Length; index++)
            {
                systems[index].Horizon = at;
                RunOnce(index);
            }

            RunUntilIdle();
        }
    }

    internal void Drain()
    {
        foreach (var loop in loops)
        {
            loop.Drain(TimeSpan.Zero, ownsListeners: true);
        }
    }

    /// <summary>Runs a loop until it ends or throws.</summary>
    internal void Run(int index)
    {
        ended.Add(index);
        loops[index].Run();
    }

    private int Ready =>
        Enumerable
            .Range(0, loops.Length)
            .FirstOrDefault(index => !ended.Contains(index) && systems[index].HasEvents, -1);

    private EventLoop<SimulatedSystem> Create(SimulatedSystem system, AssignedConnections assigned) =>
        new(system, Limits.Default, Limiter, assigned, Assigned, system.Time, Log);
}
