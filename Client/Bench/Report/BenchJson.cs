using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>A report for programs; docs/schemas/bench.schema.json says what its parts mean.</summary>
internal sealed record BenchJson(
    string Target,
    LoadJson Load,
    double Seconds,
    long Requests,
    long Late,
    long Unanswered,
    double RequestsPerSecond,
    NoiseJson? Noise,
    ImmutableArray<LatencyJson> Latencies,
    ImmutableArray<GoalJson> Goals,
    bool Interrupted,
    ErrorJson? Error
)
{
    private const int Digits = 3;

    /// <summary>What a run came to.</summary>
    internal static BenchJson Of(BenchResult report, LoadSummary summary, IEnumerable<Goal> goals) =>
        new(
            report.Target.ToString(),
            LoadJson.Of(report.Load),
            summary.Seconds,
            summary.Requests,
            summary.Late,
            summary.Unanswered,
            Round(summary.Rate),
            report.Jitter.Map(NoiseJson.Of).MatchUnsafe(Some: static known => known, None: static () => null),
            [.. summary.Latencies.Select(LatencyJson.Of)],
            [
                .. goals.Select(goal => new GoalJson(
                    $"{goal}",
                    goal.IsReached(summary),
                    goal.MeasuredValue(summary).Map(Round).ToNullable()
                )),
            ],
            report.IsInterrupted,
            ErrorJson.From(report.Error)
        );

    internal static double? Microseconds(Option<long> nanoseconds) =>
        nanoseconds.Map(static known => known / 1e3).ToNullable();

    private static double Round(double number) => Math.Round(number, Digits);
}

/// <summary>What load there was.</summary>
internal sealed record LoadJson(
    string Request,
    int? Size,
    string Loop,
    int Connections,
    int Depth,
    long? RatePerSecond,
    double WarmUpSeconds
)
{
    internal static LoadJson Of(LoadProfile load) =>
        new(
            load.Verb,
            load.Size.ToNullable(),
            load.IsOpenLoop ? "open" : "closed",
            load.Connections,
            load.Depth,
            load.Rate.ToNullable(),
            load.WarmUp.TotalSeconds
        );
}

/// <summary>What the machine does by itself.</summary>
internal sealed record NoiseJson(long Looks, double? P999Microseconds, double? MaxMicroseconds)
{
    internal static NoiseJson Of(SchedulingJitter noise) =>
        new(
            noise.Gaps.TotalCount,
            BenchJson.Microseconds(Percentile.P999.ValueIn(noise.Gaps)),
            BenchJson.Microseconds(Percentile.Max.ValueIn(noise.Gaps))
        );
}

/// <summary>What latencies of one kind came to.</summary>
internal sealed record LatencyJson(
    string Name,
    long Count,
    double? MeanMicroseconds,
    SortedDictionary<string, double?> PercentilesMicroseconds
)
{
    internal static LatencyJson Of(LatencySummary latency) =>
        new(
            latency.Name,
            latency.Count,
            BenchJson.Microseconds(latency.Mean),
            new SortedDictionary<string, double?>(
                latency.Percentiles.ToDictionary(
                    static row => row.Percentile.Name,
                    static row => BenchJson.Microseconds(row.Nanoseconds),
                    StringComparer.Ordinal
                ),
                StringComparer.Ordinal
            )
        );
}

/// <summary>Whether a goal was reached.</summary>
/// <param name="Goal">As it was given.</param>
/// <param name="Reached">Whether it was.</param>
/// <param name="Measured">Microseconds, or replies a second.</param>
internal sealed record GoalJson(string Goal, bool Reached, double? Measured);

/// <summary>The forms of JSON that are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchJson))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
