using System.Collections.Immutable;
using System.Text.Json;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Runner;

/// <summary>The load driver, a C program on a core of its own. It checks every byte of every reply.</summary>
internal static class LoadDriver
{
    private const double MiB = 1024 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(180);

    private static readonly ImmutableArray<(string Name, string Measure)> Percentiles =
    [
        ("p50", MeasureNames.P50),
        ("p90", MeasureNames.P90),
        ("p99", MeasureNames.P99),
        ("p99.9", MeasureNames.P999),
        ("max", MeasureNames.Max),
    ];

    /// <summary>Arguments: the warm-up and the measured part.</summary>
    public static string Lasting(double seconds, double warmUp) => $"--seconds {seconds} --warmup {warmUp}";

    /// <summary>Arguments: the server. Without a process its CPU time is not measured.</summary>
    public static string To(Protocol protocol, int port, int processId = 0) =>
        $"--protocol {Lower(protocol)} --port {port} --pid {processId}";

    /// <summary>Runs the driver and returns what it measured.</summary>
    /// <exception cref="ProgramFailedException">It failed, for example because of a wrong reply.</exception>
    public static async Task<ImmutableArray<Measurement>> RunAsync(Mode mode, string arguments) =>
        Read(
            await ProcessRunner.RunAsync(
                $"taskset -c {Cores.Load} Bench/bin/load {Lower(mode)} {arguments}",
                Timeout
            )
        );

    /// <summary>
    /// Reads what the driver printed: an object of JSON on the last line. Client programs may print objects before it. What
    /// they know better, such as the number of requests, takes precedence.
    /// </summary>
    internal static ImmutableArray<Measurement> Read(string output)
    {
        var objects = output
            .Split('\n')
            .Where(static line => line.StartsWith('{'))
            .Select(static line => JsonDocument.Parse(line).RootElement)
            .ToList();
        double? Number(string name) =>
            objects
                .Where(value => value.TryGetProperty(name, out _))
                .Select(value => (double?)value.GetProperty(name).GetDouble())
                .FirstOrDefault();

        var requests = Number("requests");
        (string Measure, double? Value)[] rows =
        [
            (MeasureNames.ServerCpu, Number("serverCpuSeconds") * 1e6 / requests),
            (MeasureNames.ClientCpu, Number("clientCpuSeconds") * 1e6 / requests),
            (MeasureNames.Rate, requests / Number("seconds")),
            (MeasureNames.Late, Number("late") * 100 / requests),
            (MeasureNames.FirstReply, Number("firstReplySeconds") * 1e3),
            (MeasureNames.Resident, Number("residentBytes") / MiB),
            (MeasureNames.PeakResident, Number("peakResidentBytes") / MiB),
            (MeasureNames.ResidentPerConnection, Number("residentBytesPerConnection")),
            (MeasureNames.Allocated, Number("allocatedBytes") / requests),
            .. Percentiles.Select(row => (row.Measure, PercentileIn(objects, row.Name))),
        ];
        return
        [
            .. from row in rows
            where row.Value.HasValue
            select new Measurement(row.Measure, row.Value.GetValueOrDefault()),
        ];
    }

    private static double? PercentileIn(List<JsonElement> objects, string name) =>
        objects
            .Select(LatenciesOf)
            .Where(static latencies => latencies is not null)
            .Select(latencies => latencies!.Value.GetProperty(name))
            .Select(static value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble())
            .FirstOrDefault();

    /// <summary>The percentiles of the driver, or those of <c>tinytcp bench</c>.</summary>
    private static JsonElement? LatenciesOf(JsonElement printed) =>
        printed.TryGetProperty("latencyMicroseconds", out var ofDriver) ? ofDriver
        : printed.TryGetProperty("latencies", out var all) ? all[0].GetProperty("percentilesMicroseconds")
        : null;

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
