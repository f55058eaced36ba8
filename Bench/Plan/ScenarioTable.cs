using System.Collections.Immutable;
using System.Globalization;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Plan;

/// <summary>All scenarios in the order in which they are run and reported: those of servers, then those of clients.</summary>
internal static class ScenarioTable
{
    private const int UsualConnections = 50;
    private const int StormConnections = 10_000;
    private const string ShortEcho = "echo:5";

    private static readonly ImmutableArray<int> Sizes = [5, 100, 4_000];
    private static readonly ImmutableArray<int> Depths = [1, 16, 128];
    private static readonly ImmutableArray<int> ConnectionCounts = [1, UsualConnections, 1_000];
    private static readonly ImmutableArray<int> Growth = [10, 100, 1_000, 10_000];

    /// <summary>The workload whose rate, halved, is the rate of <see cref="Mode.Open"/>.</summary>
    public static Workload HighestRate { get; } = Echo(5, 1, UsualConnections);

    /// <summary>ECHO and TIME by size, pipeline depth and number of connections.</summary>
    public static Scenario Matrix { get; } =
        new(
            "matrix",
            "Requests",
            "In the rows of TIME, redis and Garnet answer PING, and memcached answers `mn`: requests without a payload.",
            [MeasureNames.ServerCpu, MeasureNames.Rate],
            [
                .. from size in Sizes
                from depth in Depths
                from connections in ConnectionCounts
                select Echo(size, depth, connections),
                .. from depth in Depths from connections in ConnectionCounts select Time(depth, connections),
            ]
        );

    /// <summary>All of them.</summary>
    public static ImmutableArray<Scenario> Rows { get; } =
    [
        Matrix,
        new(
            "churn",
            "Visits: connect, TIME, QUIT, close",
            "A request is a whole visit.",
            [MeasureNames.ServerCpu, MeasureNames.ClientCpu, MeasureNames.Rate],
            [new("churn", Mode.Churn, "time", UsualConnections, 1) { IsBasic = true }]
        ),
        new(
            "latency",
            "Latency at half of the C loop's highest rate",
            "Open loop: a latency is measured from the time at which its request was due.",
            [MeasureNames.ServerCpu, .. MeasureNames.Latencies, MeasureNames.Late],
            [new("latency", Mode.Open, ShortEcho, UsualConnections, 1)]
        ),
        new(
            "flood",
            "Single requests beside a flood at depth 10,000",
            "CPU and rate are those of the flood, latencies those of the single requests.",
            [MeasureNames.ServerCpu, MeasureNames.Rate, .. MeasureNames.Latencies],
            [new("flood", Mode.Flood, ShortEcho, 2, 10_000)]
        ),
        new(
            "growth",
            "From 10 to 10,000 connections",
            "ECHO of 5 bytes, one pending request on each connection.",
            [MeasureNames.ServerCpu, MeasureNames.ClientCpu, MeasureNames.Rate],
            [
                .. Growth.Select(static count => new Workload(
                    $"{Number(count)} connections",
                    Mode.Closed,
                    ShortEcho,
                    count,
                    1
                )),
            ]
        ),
        new(
            "storm",
            "10,000 connections at once",
            "The server has just started and been warmed up by 50 connections. All connections stay open.",
            [
                MeasureNames.ServerCpu,
                MeasureNames.ClientCpu,
                MeasureNames.Rate,
                MeasureNames.ResidentPerConnection,
            ],
            [new("storm", Mode.Storm, ShortEcho, StormConnections, 1)]
        ),
        new(
            "start",
            "From exec to the first reply",
            "The exec of `taskset` is included.",
            [MeasureNames.FirstReply, MeasureNames.Resident, MeasureNames.FileSize],
            [new("start", Mode.Start, "time", 1, 1) { IsBasic = true }]
        ),
        .. ClientScenarioTable.Rows,
    ];

    private static Workload Echo(int size, int depth, int connections) =>
        new(
            $"ECHO {Number(size)} · {Describe(depth, connections)}",
            Mode.Closed,
            string.Create(CultureInfo.InvariantCulture, $"echo:{size}"),
            connections,
            depth
        )
        {
            IsBasic = connections == UsualConnections,
        };

    private static Workload Time(int depth, int connections) =>
        new($"TIME · {Describe(depth, connections)}", Mode.Closed, "time", connections, depth)
        {
            IsBasic = connections == UsualConnections,
        };

    private static string Describe(int depth, int connections) =>
        $"depth {Number(depth)} · {Number(connections)} connection{(connections == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
