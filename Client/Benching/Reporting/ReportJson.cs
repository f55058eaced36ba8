using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;

namespace TinyTcp.Cli.Benching.Reporting;

/// <summary>A report for programs; docs/schemas/bench.schema.json says what its parts mean.</summary>
internal sealed record ReportForm(
    string Target,
    LoadForm Load,
    double Seconds,
    long Requests,
    long Late,
    long Unanswered,
    double RequestsPerSecond,
    NoiseForm? Noise,
    ImmutableArray<LatencyForm> Latencies,
    ImmutableArray<GoalForm> Goals,
    bool Interrupted,
    Failure? Error
)
{
    private const int Digits = 3;

    /// <summary>What a run came to.</summary>
    internal static ReportForm Of(Report report, Summary summary, IEnumerable<Goal> goals) =>
        new(
            report.Target.ToString(),
            LoadForm.Of(report.Load),
            summary.Seconds,
            summary.Requests,
            summary.Late,
            summary.Unanswered,
            Round(summary.Rate),
            report.Noise.Map(NoiseForm.Of).MatchUnsafe(Some: static known => known, None: static () => null),
            [.. summary.Latencies.Select(LatencyForm.Of)],
            [
                .. goals.Select(goal => new GoalForm(
                    $"{goal}",
                    goal.IsReached(summary),
                    goal.In(summary).Map(Round).ToNullable()
                )),
            ],
            report.IsInterrupted,
            Failure.Of(report.Error)
        );

    internal static double? Microseconds(Option<long> nanoseconds) =>
        nanoseconds.Map(static known => known / 1e3).ToNullable();

    private static double Round(double number) => Math.Round(number, Digits);
}

/// <summary>What load there was.</summary>
internal sealed record LoadForm(
    string Request,
    int? Size,
    string Loop,
    int Connections,
    int Depth,
    long? RatePerSecond,
    double WarmUpSeconds
)
{
    internal static LoadForm Of(Load load) =>
        new(
            load.Verb,
            load.Size.ToNullable(),
            load.IsOpen ? "open" : "closed",
            load.Connections,
            load.Depth,
            load.Rate.ToNullable(),
            load.WarmUp.TotalSeconds
        );
}

/// <summary>What the machine does by itself.</summary>
internal sealed record NoiseForm(long Looks, double? P999Microseconds, double? MaxMicroseconds)
{
    internal static NoiseForm Of(Noise noise) =>
        new(
            noise.Gaps.TotalCount,
            ReportForm.Microseconds(Percentile.P999.Of(noise.Gaps)),
            ReportForm.Microseconds(Percentile.Max.Of(noise.Gaps))
        );
}

/// <summary>What latencies of one kind came to.</summary>
internal sealed record LatencyForm(
    string Name,
    long Count,
    double? MeanMicroseconds,
    SortedDictionary<string, double?> PercentilesMicroseconds
)
{
    internal static LatencyForm Of(LatencySummary latency) =>
        new(
            latency.Name,
            latency.Count,
            ReportForm.Microseconds(latency.Mean),
            new SortedDictionary<string, double?>(
                latency.Percentiles.ToDictionary(
                    static row => row.Percentile.Name,
                    static row => ReportForm.Microseconds(row.Nanoseconds),
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
internal sealed record GoalForm(string Goal, bool Reached, double? Measured);

/// <summary>The forms of JSON that are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportForm))]
internal sealed partial class ReportJson : JsonSerializerContext;
