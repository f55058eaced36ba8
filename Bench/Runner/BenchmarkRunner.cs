using System.Collections.Immutable;
using System.Globalization;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Reports;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Runner;

/// <summary>Runs the plan: rounds, in each round all workloads, in each workload all participants.</summary>
internal sealed class BenchmarkRunner(
    ImmutableArray<Scenario> scenarios,
    ImmutableArray<Contender> contenders,
    RunSettings settings
)
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(60);

    private readonly List<Sample> samples = [];
    private readonly List<Failure> failures = [];

    /// <summary>All measurements.</summary>
    public IReadOnlyList<Sample> Samples => samples;

    /// <summary>All failed measurements.</summary>
    public IReadOnlyList<Failure> Failures => failures;

    /// <summary>Requests per second of <see cref="Mode.Open"/>, the same for all contenders and rounds; 0 before.</summary>
    public double OpenRate { get; private set; }

    /// <summary>Runs everything.</summary>
    public async Task RunAsync()
    {
        var workloads = scenarios.SelectMany(static scenario => scenario.Workloads).ToList();
        if (workloads.Exists(static workload => workload.Mode == Mode.Command))
        {
            SendInput.Write(settings.ClientRequests);
        }

        for (var round = 1; round <= settings.Rounds; round++)
        {
            using var pool = new ServerPool(settings);
            for (var index = 0; index < workloads.Count; index++)
            {
                foreach (var participant in Rotate(ParticipantsOf(workloads[index]), round + index))
                {
                    await MeasureAsync(pool, participant, workloads[index], round);
                }
            }
        }
    }

    /// <summary>Each workload and round starts with another participant; every second one goes backwards.</summary>
    private static IEnumerable<Participant> Rotate(List<Participant> all, int offset)
    {
        var rotated = all.Select((_, index) => all[(index + offset) % all.Count]);
        return offset % 2 == 0 ? rotated : rotated.Reverse();
    }

    private List<Participant> ParticipantsOf(Workload workload) =>
        [
            .. contenders
                .Where(workload.Includes)
                .Select(contender => new Participant(
                    contender.Name,
                    contender,
                    pool => MeasureServerAsync(pool, contender, workload)
                )),
            .. workload
                .Clients.Where(client => contenders.Contains(client.Server) && File.Exists(client.Program))
                .Select(client => new Participant(
                    client.Name,
                    client.Server,
                    pool => MeasureClientAsync(pool, client)
                )),
        ];

    private async Task MeasureAsync(ServerPool pool, Participant participant, Workload workload, int round)
    {
        Console.Write($"round {round}/{settings.Rounds}  {workload.Name, -36}  {participant.Name, -20}  ");
        try
        {
            pool.Suspend();
            var measured = await participant.Measure(pool);
            samples.AddRange(
                measured.Select(value => new Sample(round, participant.Name, workload.Name, value))
            );
            Console.WriteLine(string.Join("   ", measured.Select(Describe)));
        }
        catch (ProgramFailedException exception)
        {
            failures.Add(new(round, participant.Name, workload.Name, exception.Message));
            pool.Remove(participant.Server);
            Console.WriteLine($"FAILED: {exception.Message}");
        }
    }

    private static string Describe(Measurement measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.Value:#,0.###} {measured.Measure}");

    private async Task<ImmutableArray<Measurement>> MeasureServerAsync(
        ServerPool pool,
        Contender contender,
        Workload workload
    ) =>
        workload.Mode switch
        {
            Mode.Start => await MeasureStartAsync(contender, workload),
            Mode.Storm => await MeasureStormAsync(pool, contender, workload),
            Mode.Open => await RunLoadAsync(pool, contender, workload, await OpenRateAsync(pool)),
            Mode.Closed or Mode.Churn or Mode.Flood => await RunLoadAsync(pool, contender, workload),
            Mode.Command => throw new InvalidOperationException("MeasureClientAsync runs client programs."),
        };

    private async Task<ImmutableArray<Measurement>> RunLoadAsync(
        ServerPool pool,
        Contender contender,
        Workload workload,
        string more = ""
    )
    {
        var server = await pool.GetAsync(contender);
        var lasting = LoadDriver.Lasting(settings.Seconds, settings.WarmUp);
        return await LoadDriver.RunAsync(
            workload.Mode,
            $"{server.DriverArguments} {workload.Arguments} {lasting} {more}"
        );
    }

    private async Task<string> OpenRateAsync(ServerPool pool)
    {
        if (OpenRate == 0)
        {
            var highest = await RunLoadAsync(pool, ContenderTable.Baseline, ScenarioTable.HighestRate);
            var rate = highest.Single(static measured => measured.Measure == MeasureNames.Rate).Value;
            // Half, in thousands: the measured rate is no more precise than that.
            OpenRate = Math.Floor(rate / 2_000) * 1_000;
            pool.Suspend();
        }

        return $"--rate {OpenRate}";
    }

    private static async Task<ImmutableArray<Measurement>> MeasureStartAsync(
        Contender contender,
        Workload workload
    )
    {
        var port = ServerProcess.NextPort();
        var command = $"taskset -c {Cores.Server} {contender.Command(port)}";
        var measured = await LoadDriver.RunAsync(
            workload.Mode,
            $"{LoadDriver.To(contender.Protocol, port)} {workload.Arguments} -- {command}"
        );
        var fileSize = new FileInfo(contender.Program).Length / (1024.0 * 1024);
        return contender.IsSingleFile ? measured.Add(new(MeasureNames.FileSize, fileSize)) : measured;
    }

    private static async Task<ImmutableArray<Measurement>> MeasureStormAsync(
        ServerPool pool,
        Contender contender,
        Workload workload
    )
    {
        using var server = await pool.StartAsync(contender);
        return await LoadDriver.RunAsync(workload.Mode, $"{server.DriverArguments} {workload.Arguments}");
    }

    private async Task<ImmutableArray<Measurement>> MeasureClientAsync(ServerPool pool, ClientProgram client)
    {
        var server = await pool.GetAsync(client.Server);
        var measured = await LoadDriver.RunAsync(Mode.Command, client.Arguments(server.Port, settings));
        if (client.Check.Length > 0)
        {
            await ProcessRunner.RunAsync(client.Check, CheckTimeout);
        }

        return measured;
    }

    private sealed record Participant(
        string Name,
        Contender Server,
        Func<ServerPool, Task<ImmutableArray<Measurement>>> Measure
    );
}
