using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using LanguageExt;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Running;

/// <summary>The load driver: a program of C, on a core of its own. It answers for every byte of every reply.</summary>
internal static class Driver
{
    private const string Program = "Bench/bin/load";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ImmutableArray<(string Name, string Measure)> Percentiles =
    [
        ("p50", Measures.P50),
        ("p90", Measures.P90),
        ("p99", Measures.P99),
        ("p99.9", Measures.P999),
        ("max", Measures.Longest),
    ];

    /// <summary>How the driver is run, on its core.</summary>
    public static ImmutableArray<string> Command(Mode mode, Target target, params IEnumerable<string> more) =>
        Command(Name(mode), target, more);

    /// <summary>The same for a mode that is no cell's of its own.</summary>
    public static ImmutableArray<string> Command(
        string mode,
        Target target,
        params IEnumerable<string> more
    ) =>
        [
            "taskset",
            "-c",
            Cpus.Load,
            Program,
            mode,
            "--speak",
            target.Speaks,
            "--port",
            target.Port.ToString(CultureInfo.InvariantCulture),
            "--pid",
            target.Pid.ToString(CultureInfo.InvariantCulture),
            .. more,
        ];

    /// <summary>How long it lasts, as arguments.</summary>
    public static ImmutableArray<string> Lasting(double seconds, double warmUp) =>
        [
            "--seconds",
            seconds.ToString(CultureInfo.InvariantCulture),
            "--warmup",
            warmUp.ToString(CultureInfo.InvariantCulture),
        ];

    /// <summary>One run: the figures that it gave, or what it complained of.</summary>
    public static async Task<Either<string, ImmutableArray<(string Measure, double Value)>>> Run(
        ImmutableArray<string> command
    ) => (await Commands.Run(command, Patience)).Map(ReadFigures);

    /// <summary>The figures in the object that the driver prints.</summary>
    internal static ImmutableArray<(string Measure, double Value)> ReadFigures(string json)
    {
        using var document = JsonDocument.Parse(json);
        var said = document.RootElement;
        return [.. Usage(said), .. Latencies(said), .. Lateness(said), .. FirstReply(said)];
    }

    private static IEnumerable<(string, double)> Usage(JsonElement said)
    {
        if (!said.TryGetProperty("requests", out var count))
        {
            return [];
        }

        var requests = count.GetDouble();
        return
        [
            (Measures.Cpu, Number(said, "serverCpuSeconds") * 1e6 / requests),
            (Measures.LoadCpu, Number(said, "loadCpuSeconds") * 1e6 / requests),
            (Measures.Rate, requests / Number(said, "seconds")),
        ];
    }

    private static IEnumerable<(string, double)> Latencies(JsonElement said) =>
        said.TryGetProperty("latencyMicroseconds", out var latency)
            ? Percentiles.Select(row => (row.Measure, Number(latency, row.Name)))
            : [];

    private static IEnumerable<(string, double)> Lateness(JsonElement said) =>
        said.TryGetProperty("late", out var late)
            ? [(Measures.Late, 100 * late.GetDouble() / Number(said, "sent"))]
            : [];

    private static IEnumerable<(string, double)> FirstReply(JsonElement said) =>
        said.TryGetProperty("residentBytes", out var resident)
            ?
            [
                (Measures.FirstReply, Number(said, "seconds") * 1e3),
                (Measures.Resident, resident.GetDouble() / (1024 * 1024)),
            ]
            : [];

    private static double Number(JsonElement said, string name) => said.GetProperty(name).GetDouble();

    private static string Name(Mode mode) => mode.ToString().ToLowerInvariant();
}

/// <summary>Whom the driver talks to.</summary>
/// <param name="Speaks">The protocol.</param>
/// <param name="Port">The port.</param>
/// <param name="Pid">The process whose CPU time is read; 0 for nobody's.</param>
internal sealed record Target(string Speaks, int Port, int Pid);
