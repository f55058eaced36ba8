using System.Collections.Immutable;
using System.Globalization;
using LanguageExt;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;
using Figures = LanguageExt.Either<
    string,
    System.Collections.Immutable.ImmutableArray<(string Measure, double Value)>
>;

namespace TinyTcp.Bench.Running;

/// <summary>A figure that could not be taken.</summary>
/// <param name="Round">Which round.</param>
/// <param name="Contender">Whose figure.</param>
/// <param name="Cell">What was done.</param>
/// <param name="Reason">Why not.</param>
internal sealed record Failure(int Round, string Contender, string Cell, string Reason);

/// <summary>Runs the plan: round after round, in each every cell, in each cell every contender.</summary>
internal sealed class Competition(
    ImmutableArray<Scenario> scenarios,
    ImmutableArray<Contender> contenders,
    Pace pace
)
{
    private readonly List<Sample> samples = [];
    private readonly List<Failure> failures = [];
    private double openRate;

    /// <summary>All figures taken so far.</summary>
    public IReadOnlyList<Sample> Samples => samples;

    /// <summary>All figures that could not be taken.</summary>
    public IReadOnlyList<Failure> Failures => failures;

    /// <summary>The requests per second of open loops; the same throughout.</summary>
    public double OpenRate => openRate;

    /// <summary>Does it all.</summary>
    public async Task Run()
    {
        for (var round = 1; round <= pace.Rounds; round++)
        {
            using var field = new Field(pace);
            foreach (
                var (cell, place) in scenarios.SelectMany(static scenario => scenario.Cells).Select(Pair)
            )
            {
                foreach (var contender in InOrder(cell, round + place))
                {
                    await Measure(field, contender, cell, round);
                }
            }
        }
    }

    private static (Cell, int) Pair(Cell cell, int place) => (cell, place);

    /// <summary>Each cell and round begins with another contender, every other one goes backwards.</summary>
    private IEnumerable<Contender> InOrder(Cell cell, int turn)
    {
        var present = contenders.Where(cell.IsFor).ToImmutableArray();
        var rotated = present.Select((_, place) => present[(place + turn) % present.Length]);
        return turn % 2 == 0 ? rotated : rotated.Reverse();
    }

    private async Task Measure(Field field, Contender contender, Cell cell, int round)
    {
        Console.Write($"round {round}/{pace.Rounds}  {cell.Name, -36}  {contender.Name, -26}  ");
        await field.Rest();
        var figures = await TakeIfItLives(field, contender, cell);
        figures.Match(
            Right: taken => Keep(taken, contender, cell, round),
            Left: reason => Fail(field, contender, new Failure(round, contender.Name, cell.Name, reason))
        );
    }

    private void Keep(
        ImmutableArray<(string Measure, double Value)> taken,
        Contender contender,
        Cell cell,
        int round
    )
    {
        samples.AddRange(
            taken.Select(figure => new Sample(round, contender.Name, cell.Name, figure.Measure, figure.Value))
        );
        Console.WriteLine(string.Join("   ", taken.Select(Show)));
    }

    private static string Show((string Measure, double Value) figure) =>
        string.Create(CultureInfo.InvariantCulture, $"{figure.Value:#,0.###} {figure.Measure}");

    private void Fail(Field field, Contender contender, Failure failure)
    {
        failures.Add(failure);
        field.Drop(contender);
        Console.WriteLine($"FAILED: {failure.Reason}");
    }

    private async Task<Figures> TakeIfItLives(Field field, Contender contender, Cell cell)
    {
        try
        {
            return await Take(field, contender, cell);
        }
        catch (IOException exception)
        {
            // What /proc says of a process that is gone. The rest of the run is not to be lost with it.
            return exception.Message;
        }
    }

    private Task<Figures> Take(Field field, Contender contender, Cell cell) =>
        cell.Mode switch
        {
            Mode.Start => TakeStart(contender, cell),
            Mode.Crowd => TakeCrowd(field, contender, cell),
            Mode.Open => TakeOpen(field, contender, cell),
            _ => TakeRunning(field, contender, cell, []),
        };

    private static async Task<Figures> TakeStart(Contender contender, Cell cell)
    {
        var port = RunningServer.NextPort();
        var target = new Target(contender.Speaks, port, Pid: 0);
        var figures = await Driver.Run([
            .. Driver.Command(cell.Mode, target, cell.Arguments),
            "--",
            "taskset",
            "-c",
            contender.Cores,
            .. contender.Command(port),
        ]);
        return figures.Map(taken => contender.IsOneFile ? taken.Add(FileSize(contender)) : taken);
    }

    private static (string, double) FileSize(Contender contender) =>
        (Measures.FileSize, new FileInfo(contender.Program).Length / (1024.0 * 1024));

    private static async Task<Figures> TakeCrowd(Field field, Contender contender, Cell cell)
    {
        var started = await field.StartWarm(contender);
        return await started.MatchAsync(
            RightAsync: async server =>
            {
                using (server)
                {
                    return await Crowding.Run(server, cell);
                }
            },
            Left: static problem => problem
        );
    }

    private async Task<Figures> TakeOpen(Field field, Contender contender, Cell cell)
    {
        if (openRate == 0)
        {
            var fastest = await TakeRunning(field, ContenderTable.Limit, ScenarioTable.Fastest, []);
            openRate = fastest.Match(Right: HalfOfRate, Left: static _ => 0);
        }

        return openRate == 0
            ? "the C loop's greatest rate is not known"
            : await TakeRunning(
                field,
                contender,
                cell,
                ["--rate", openRate.ToString(CultureInfo.InvariantCulture)]
            );
    }

    // In round numbers, as rates are: half of what a noisy figure says is no more exact than that.
    private static double HalfOfRate(ImmutableArray<(string Measure, double Value)> figures) =>
        Math.Floor(figures.First(static figure => figure.Measure == Measures.Rate).Value / 2_000) * 1_000;

    private async Task<Figures> TakeRunning(
        Field field,
        Contender contender,
        Cell cell,
        ImmutableArray<string> more
    )
    {
        var got = await field.Get(contender);
        return await got.MatchAsync(
            RightAsync: server =>
                Driver.Run(
                    Driver.Command(
                        cell.Mode,
                        server.Target,
                        [.. cell.Arguments, .. Driver.Lasting(pace.Seconds, pace.WarmUp), .. more]
                    )
                ),
            Left: static problem => problem
        );
    }
}
