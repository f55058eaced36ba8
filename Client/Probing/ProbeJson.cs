using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Probing;

/// <summary>A probe for programs; docs/schemas/probe.schema.json says what its parts mean.</summary>
internal sealed record ProbeLine(
    string Type,
    string Target,
    string Address,
    long Sequence,
    DateTimeOffset Time,
    double StartMilliseconds,
    double EndMilliseconds,
    double? ConnectMilliseconds,
    double? GreetingMilliseconds,
    double? ReplyMilliseconds,
    Failure? Error
)
{
    internal static ProbeLine Of(Target target, Sample sample) =>
        new(
            "probe",
            target.ToString(),
            sample.Address.ToString(),
            sample.Sequence,
            sample.At,
            Precision.Milliseconds(sample.Start),
            Precision.Milliseconds(sample.End),
            Times.Milliseconds(sample.Result.Connect),
            Times.Milliseconds(sample.Result.Greeting),
            Times.Milliseconds(sample.Result.Reply),
            Failure.Of(sample.Result.Error)
        );
}

/// <summary>All probes for programs.</summary>
internal sealed record SummaryLine(
    string Type,
    string Target,
    long Unfinished,
    int? ExitCode,
    ImmutableArray<AddressSummary> Addresses
)
{
    internal static SummaryLine Of(Target target, Tally tally) =>
        new(
            "summary",
            target.ToString(),
            tally.Unfinished,
            tally.Outcome.Map(static code => code.Code).ToNullable(),
            [.. tally.All.Select(AddressSummary.Of)]
        );
}

/// <summary>All probes of one address for programs.</summary>
internal sealed record AddressSummary(
    string Address,
    long Sent,
    long Answered,
    long Lost,
    double LossPercent,
    double LongestOutageMilliseconds,
    Times ConnectMilliseconds,
    Times GreetingMilliseconds,
    Times ReplyMilliseconds
)
{
    internal static AddressSummary Of(Series series) =>
        new(
            series.Address.ToString(),
            series.Sent,
            series.Answered,
            series.Lost,
            series.LossPercent,
            Precision.Milliseconds(series.LongestOutage),
            Times.Of(series.Connect),
            Times.Of(series.Greeting),
            Times.Of(series.Reply)
        );
}

/// <summary>The statistics of some times for programs.</summary>
internal sealed record Times(
    double? Min,
    double? Median,
    double? Mean,
    double? P90,
    double? P99,
    double? Max,
    double? Jitter
)
{
    internal static Times Of(Spread spread) =>
        new(
            Milliseconds(spread.Min),
            Milliseconds(spread.Median),
            Milliseconds(spread.Mean),
            Milliseconds(spread.P90),
            Milliseconds(spread.P99),
            Milliseconds(spread.Max),
            Milliseconds(spread.Jitter)
        );

    internal static double? Milliseconds(Option<TimeSpan> time) =>
        time.Map(Precision.Milliseconds).ToNullable();
}

/// <summary>The forms of JSON that are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProbeLine))]
[JsonSerializable(typeof(SummaryLine))]
internal sealed partial class ProbeJson : JsonSerializerContext;
