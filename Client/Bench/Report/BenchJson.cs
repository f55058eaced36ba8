using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Statistics;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>A result as JSON; docs/schemas/bench.schema.json describes it.</summary>
internal sealed record BenchJson(
    string Target,
    BenchJson.LoadJson Load,
    double Seconds,
    long Requests,
    long Late,
    long Unanswered,
    long InFlight,
    double RequestsPerSecond,
    BenchJson.NoiseJson? Noise,
    ImmutableArray<BenchJson.LatencyJson> Latencies,
    ImmutableArray<BenchJson.GoalJson> Goals,
    bool Interrupted,
    ErrorJson? Error
)
{
    private const int Digits = 3;

    internal static BenchJson Of(BenchResult result, ImmutableArray<Goal> goals)
    {
        var summary = result.Summary;
        return new(
            result.Target.ToString(),
            Of(summary.Profile),
            summary.Seconds,
            summary.Result.Requests,
            summary.Result.Late,
            summary.Result.Unanswered,
            summary.Result.InFlight,
            Round(summary.Rate),
            result.Jitter.Map(Of).MatchUnsafe(Some: static noise => noise, None: static () => null),
            [.. summary.Latencies.Select(Of)],
            [
                .. goals.Select(goal => new GoalJson(
                    goal.Text,
                    goal.IsReached(summary),
                    goal.MeasuredValue(summary).Map(Round).ToNullable()
                )),
            ],
            result.IsInterrupted,
            ErrorJson.From(result.Error)
        );
    }

    private static LoadJson Of(LoadProfile profile) =>
        new(
            profile.Verb,
            profile.Size.ToNullable(),
            profile.Rate.IsSome ? "open" : "closed",
            profile.Connections,
            profile.Depth,
            profile.Rate.ToNullable(),
            profile.WarmUp.TotalSeconds,
            profile.Count.ToNullable()
        );

    private static NoiseJson Of(LatencyHistogram gaps) =>
        new(
            gaps.Count,
            Microseconds(gaps.ValueAt(Percentile.P999)),
            Microseconds(gaps.ValueAt(Percentile.Max))
        );

    private static LatencyJson Of((string Name, LatencyHistogram Values) latency) =>
        new(
            latency.Name,
            latency.Values.Count,
            Microseconds(latency.Values.Min),
            Microseconds(latency.Values.Mean),
            Microseconds(latency.Values.StandardDeviation),
            new(
                Percentile.Rows.ToDictionary(
                    static row => row.Name,
                    row => Microseconds(latency.Values.ValueAt(row)),
                    StringComparer.Ordinal
                ),
                StringComparer.Ordinal
            )
        );

    private static double? Microseconds(Option<long> nanoseconds) =>
        nanoseconds.Map(static known => known / 1e3).ToNullable();

    private static double Round(double number) => Math.Round(number, Digits);

    internal sealed record LoadJson(
        string Request,
        int? Size,
        string Loop,
        int Connections,
        int Depth,
        long? RatePerSecond,
        double WarmUpSeconds,
        long? Count
    );

    internal sealed record NoiseJson(long Looks, double? P999Microseconds, double? MaxMicroseconds);

    internal sealed record LatencyJson(
        string Name,
        long Count,
        double? MinMicroseconds,
        double? MeanMicroseconds,
        double? StandardDeviationMicroseconds,
        SortedDictionary<string, double?> PercentilesMicroseconds
    );

    internal sealed record GoalJson(string Goal, bool Reached, double? Measured);
}
