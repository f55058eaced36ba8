using System.Collections.Immutable;
using System.Globalization;

namespace TinyTcp.Bench.Plan;

/// <summary>All that is done, in the order in which it is done and reported.</summary>
internal static class ScenarioTable
{
    /// <summary>How many connections a crowd has.</summary>
    public const int CrowdSize = 10_000;

    /// <summary>How many connections most cells have, and the chart shows.</summary>
    public const int UsualConnections = 50;

    private const string Hello = "echo:5";

    /// <summary>How many bytes an ECHO carries.</summary>
    public static ImmutableArray<int> Sizes { get; } = [5, 100, 4_000];

    /// <summary>How many requests are under way on a connection.</summary>
    public static ImmutableArray<int> Depths { get; } = [1, 16, 128];

    /// <summary>How many connections there are.</summary>
    public static ImmutableArray<int> Connections { get; } = [1, UsualConnections, 1_000];

    /// <summary>Requests of every kind, pipelined and not.</summary>
    public static Scenario Matrix { get; } =
        new(
            "matrix",
            "Requests",
            "redis and Garnet answer TIME's cells with PING, memcached with `mn`: requests without a payload.",
            [
                .. from size in Sizes
                from depth in Depths
                from count in Connections
                select Echo(size, depth, count),
                .. from depth in Depths from count in Connections select Time(depth, count),
            ]
        );

    /// <summary>Visitors.</summary>
    public static Scenario Churn { get; } =
        new(
            "churn",
            "Visits: connect, TIME, QUIT, the end",
            "A request here is a whole visit.",
            [new("churn", Part.Churn, Mode.Churn, "time", UsualConnections, 1)]
        );

    /// <summary>Latency at one absolute rate.</summary>
    public static Scenario Latency { get; } =
        new(
            "latency",
            "Latency at half of the C loop's greatest rate",
            "Open loop: a latency counts from the moment at which its request was due.",
            [new("latency", Part.Latency, Mode.Open, Hello, UsualConnections, 1)]
        );

    /// <summary>Fairness.</summary>
    public static Scenario Flood { get; } =
        new(
            "flood",
            "Single requests beside a flood at depth 10,000",
            "CPU and rate are the flood's, latencies the single requests'.",
            [new("flood", Part.Latency, Mode.Flood, Hello, 2, 10_000)]
        );

    /// <summary>Growth.</summary>
    public static Scenario Growth { get; } =
        new(
            "growth",
            "From 10 to 10,000 connections",
            "ECHO of 5 bytes, one request under way on each connection.",
            [.. from count in (int[])[10, 100, 1_000, CrowdSize] select GrownTo(count)]
        );

    /// <summary>One loop and two.</summary>
    public static Scenario Loops { get; } =
        new(
            "loops",
            "One loop and two",
            "ECHO of 5 bytes, 50 connections. On two cores the load shares one of them.",
            [.. Depths.Select(static depth => LoopsAt(depth))]
        );

    /// <summary>Thousands at once.</summary>
    public static Scenario Crowd { get; } =
        new(
            "crowd",
            "10,000 connections at once",
            "On a fresh server that has served a few before: they come and stay, they leave, they come as fast as they can, they leave.",
            [new("crowd", Part.Crowd, Mode.Crowd, Hello, CrowdSize, 1)]
        );

    /// <summary>Start-up.</summary>
    public static Scenario Start { get; } =
        new(
            "start",
            "From exec to the first reply",
            "On one core, the exec of taskset included.",
            [new("start", Part.Start, Mode.Start, "time", 1, 1)]
        );

    /// <summary>All of them.</summary>
    public static ImmutableArray<Scenario> Rows { get; } =
    [Matrix, Churn, Latency, Flood, Growth, Loops, Crowd, Start];

    /// <summary>The cell that gives the C loop's greatest rate, of which the latency's is half.</summary>
    public static Cell Fastest { get; } = Echo(5, 1, UsualConnections);

    /// <summary>ECHO of so many bytes.</summary>
    public static Cell Echo(int size, int depth, int connections) =>
        new(
            $"ECHO {Number(size)} · {At(depth, connections)}",
            Part.Echo | Breadth(connections),
            Mode.Closed,
            string.Create(CultureInfo.InvariantCulture, $"echo:{size}"),
            connections,
            depth
        );

    /// <summary>TIME.</summary>
    public static Cell Time(int depth, int connections) =>
        new(
            $"TIME · {At(depth, connections)}",
            Part.Time | Breadth(connections),
            Mode.Closed,
            "time",
            connections,
            depth
        );

    private static Cell GrownTo(int count) =>
        new($"{Number(count)} connections", Part.Growth, Mode.Closed, Hello, count, 1);

    private static Cell LoopsAt(int depth) =>
        new($"loops · depth {Number(depth)}", Part.Loops, Mode.Closed, Hello, UsualConnections, depth);

    private static Part Breadth(int connections) =>
        connections == UsualConnections ? Part.None : Part.Breadth;

    private static string At(int depth, int connections) =>
        $"depth {Number(depth)} · {Number(connections)} connection{(connections == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
