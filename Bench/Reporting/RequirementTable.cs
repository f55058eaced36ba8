using System.Collections.Immutable;
using System.Globalization;
using LanguageExt;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reporting;

/// <summary>
/// What the server has to show. A figure of several cells is its worst cell's. "Clearly" under, and over "beyond the
/// spread", mean in each round.
/// </summary>
internal static class RequirementTable
{
    private static readonly ImmutableArray<Contender> Ours = [ContenderTable.Aot, ContenderTable.Jit];

    private static readonly ImmutableArray<int> Deep = [16, 128];

    /// <summary>All requirements, in the order of the report.</summary>
    public static ImmutableArray<Requirement> Rows { get; } =
    [
        .. Ours.SelectMany(Cpu),
        .. Ours.SelectMany(Rivals),
        .. Ours.SelectMany(Crowd),
        .. Ours.SelectMany(Conversations),
        .. Ours.SelectMany(Growth),
        AtMost(
            "CPU a request with 2 loops, times 1 loop's, on one core",
            1.1,
            ToOther(ContenderTable.TwoLoops, ContenderTable.Jit, ScenarioTable.Loops.Cells, Measures.Cpu)
        ),
        AtMost(
            "CPU a request with 2 loops, times 1 loop's, on two cores, one of them shared with the load",
            1.1,
            ToOther(
                ContenderTable.TwoLoopsOfTwoCores,
                ContenderTable.OneLoopOfTwoCores,
                ScenarioTable.Loops.Cells,
                Measures.Cpu
            )
        ),
        .. Start,
    ];

    private static IEnumerable<Requirement> Start =>
        [
            AtMost("AOT: first reply after exec, ms", 20, OfStart(ContenderTable.Aot, Measures.FirstReply)),
            AtMost(
                "AOT: resident at the first reply, MiB",
                12,
                OfStart(ContenderTable.Aot, Measures.Resident)
            ),
            AtMost("AOT: the file, MiB", 10, OfStart(ContenderTable.Aot, Measures.FileSize)),
            AtMost("JIT: first reply after exec, ms", 200, OfStart(ContenderTable.Jit, Measures.FirstReply)),
        ];

    private static IEnumerable<Requirement> Cpu(Contender ours) =>
        from depth in ScenarioTable.Depths
        from sizes in (ImmutableArray<int>[])
            [
                [5],
                ScenarioTable.Sizes,
            ]
        select AtMost(
            $"{ours.Name}: CPU an ECHO, times the C loop's, depth {depth}, {Scope(sizes)}",
            depth == 128 ? 1.3 : 1.1,
            ToOther(ours, ContenderTable.Limit, Echoes(sizes, depth), Measures.Cpu)
        );

    private static IEnumerable<Requirement> Rivals(Contender ours) =>
        [
            .. Redis(ours),
            .. Deep.Select(depth => Clearly(ours, ContenderTable.Garnet, depth, Usual(depth))),
            .. Deep.Select(depth =>
                Clearly(
                    ours,
                    ContenderTable.Memcached,
                    depth,
                    [ScenarioTable.Time(depth, ScenarioTable.UsualConnections)]
                )
            ),
            new(
                $"{ours.Name}: CPU a request, times Kestrel's, everywhere",
                "under 1",
                ToOther(ours, ContenderTable.Kestrel, ScenarioTable.Matrix.Cells, Measures.Cpu),
                static spread => spread.Median < 1
            ),
        ];

    private static IEnumerable<Requirement> Redis(Contender ours) =>
        [
            new(
                $"{ours.Name}: CPU an ECHO, times redis's, depth 1",
                "not over 1 beyond the spread",
                ToOther(ours, ContenderTable.Redis, Echoes(ScenarioTable.Sizes, 1), Measures.Cpu, Least),
                static spread => spread.Least <= 1
            ),
            .. Deep.Select(depth =>
                Clearly(ours, ContenderTable.Redis, depth, Echoes(ScenarioTable.Sizes, depth))
            ),
            AtLeast(
                $"{ours.Name}: ECHOs a second, times redis's, depth 128, {Scope([5])}",
                3,
                ToOther(ours, ContenderTable.Redis, Echoes([5], 128), Measures.Rate)
            ),
        ];

    private static IEnumerable<Requirement> Crowd(Contender ours) =>
        [
            AtMost(
                $"{ours.Name}: resident bytes an idle connection, of 10,000",
                256,
                Of(ours, ScenarioTable.Crowd.Cells[0], Measures.IdleResident)
            ),
            AtLeast(
                $"{ours.Name}: connections a second in a storm, times the C loop's",
                0.9,
                ToOther(ours, ContenderTable.Limit, ScenarioTable.Crowd.Cells, Measures.Rate)
            ),
            AtMost(
                $"{ours.Name}: KiB resident after the storm over before, the tables' share allowed",
                256.0 * ScenarioTable.CrowdSize / 1024,
                Of(ours, ScenarioTable.Crowd.Cells[0], Measures.ResidentLeft)
            ),
            AtMost(
                $"{ours.Name}: descriptors after the storm over before",
                0,
                Of(ours, ScenarioTable.Crowd.Cells[0], Measures.DescriptorsLeft)
            ),
        ];

    private static IEnumerable<Requirement> Conversations(Contender ours) =>
        [
            AtMost(
                $"{ours.Name}: CPU a visit, times the C loop's",
                1.15,
                ToOther(ours, ContenderTable.Limit, ScenarioTable.Churn.Cells, Measures.Cpu)
            ),
            AtMost(
                $"{ours.Name}: p99.9 at half of C's rate, times the C loop's",
                1.5,
                ToOther(ours, ContenderTable.Limit, ScenarioTable.Latency.Cells, Measures.P999)
            ),
            AtMost(
                $"{ours.Name}: p99 of single requests beside a flood, µs",
                5_000,
                Of(ours, ScenarioTable.Flood.Cells[0], Measures.P99)
            ),
        ];

    private static IEnumerable<Requirement> Growth(Contender ours) =>
        [
            AtMost(
                $"{ours.Name}: CPU a request from 10 to 10,000 connections, ± % round the middle",
                15,
                samples =>
                    samples
                        .Swing(
                            ours.Name,
                            [.. ScenarioTable.Growth.Cells.Select(static cell => cell.Name)],
                            Measures.Cpu
                        )
                        .Map(static spread => new Finding(spread, ""))
            ),
        ];

    private static string Scope(ImmutableArray<int> sizes) =>
        sizes.Length == 1 ? $"{sizes[0]} bytes, {ScenarioTable.UsualConnections} connections" : "worst cell";

    private static ImmutableArray<Cell> Echoes(ImmutableArray<int> sizes, int depth) =>
        sizes.Length == 1
            ? [ScenarioTable.Echo(sizes[0], depth, ScenarioTable.UsualConnections)]
            :
            [
                .. from size in sizes
                from count in ScenarioTable.Connections
                select ScenarioTable.Echo(size, depth, count),
            ];

    private static ImmutableArray<Cell> Usual(int depth) =>
        [
            .. ScenarioTable.Sizes.Select(size =>
                ScenarioTable.Echo(size, depth, ScenarioTable.UsualConnections)
            ),
        ];

    private static Requirement Clearly(
        Contender ours,
        Contender other,
        int depth,
        ImmutableArray<Cell> cells
    ) =>
        new(
            $"{ours.Name}: CPU a request, times {other.Name}'s, depth {depth}",
            "clearly under 1",
            ToOther(ours, other, cells, Measures.Cpu, Most),
            static spread => spread.Most < 1
        );

    private static Func<Samples, Option<Finding>> OfStart(Contender ours, string measure) =>
        Of(ours, ScenarioTable.Start.Cells[0], measure);

    private static Func<Samples, Option<Finding>> Of(Contender ours, Cell cell, string measure) =>
        samples => samples.Of(ours.Name, cell.Name, measure).Map(static spread => new Finding(spread, ""));

    private static Func<Samples, Option<Finding>> ToOther(
        Contender ours,
        Contender other,
        ImmutableArray<Cell> cells,
        string measure
    ) => ToOther(ours, other, cells, measure, Median);

    private static Func<Samples, Option<Finding>> ToOther(
        Contender ours,
        Contender other,
        ImmutableArray<Cell> cells,
        string measure,
        Func<Spread, double> decisive
    ) => samples => Worst(cells, cell => samples.Ratio(ours.Name, other.Name, cell.Name, measure), decisive);

    /// <summary>The cell with the greatest of the number that decides.</summary>
    private static Option<Finding> Worst(
        ImmutableArray<Cell> cells,
        Func<Cell, Option<Spread>> figure,
        Func<Spread, double> decisive
    ) =>
        cells
            .Choose(cell =>
                figure(cell).Map(spread => new Finding(spread, cells.Length > 1 ? cell.Name : ""))
            )
            .OrderByDescending(finding => decisive(finding.Spread))
            .ToOption();

    private static double Median(Spread spread) => spread.Median;

    private static double Least(Spread spread) => spread.Least;

    private static double Most(Spread spread) => spread.Most;

    private static Requirement AtMost(string claim, double most, Func<Samples, Option<Finding>> find) =>
        new(claim, $"≤ {Text(most)}", find, spread => spread.Median <= most);

    private static Requirement AtLeast(string claim, double least, Func<Samples, Option<Finding>> find) =>
        new(claim, $"≥ {Text(least)}", find, spread => spread.Median >= least);

    private static string Text(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
