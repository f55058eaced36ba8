using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>A probe for programs; docs/schemas/probe.schema.json says what its parts mean.</summary>
internal sealed record ProbeJson(
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
    ErrorJson? Error
)
{
    internal static ProbeJson Of(ServerEndPoint target, ProbeSample sample) =>
        new(
            "probe",
            target.ToString(),
            sample.Address.ToString(),
            sample.Sequence,
            sample.StartedAt,
            TimePrecision.ToMilliseconds(sample.Start),
            TimePrecision.ToMilliseconds(sample.End),
            DistributionJson.Milliseconds(sample.Result.Connect),
            DistributionJson.Milliseconds(sample.Result.Greeting),
            DistributionJson.Milliseconds(sample.Result.Reply),
            ErrorJson.From(sample.Result.Error)
        );
}

/// <summary>All probes for programs.</summary>
internal sealed record ProbeSummaryJson(
    string Type,
    string Target,
    long Unfinished,
    int? ExitCode,
    ImmutableArray<AddressJson> Addresses
)
{
    internal static ProbeSummaryJson Of(ServerEndPoint target, ProbeStatistics statistics) =>
        new(
            "summary",
            target.ToString(),
            statistics.Unfinished,
            statistics.ExitCode.Map(static code => code.Code).ToNullable(),
            [.. statistics.Addresses.Select(AddressJson.Of)]
        );
}

/// <summary>All probes of one address for programs.</summary>
internal sealed record AddressJson(
    string Address,
    long Sent,
    long Answered,
    long Lost,
    double LossPercent,
    double LongestOutageMilliseconds,
    DistributionJson ConnectMilliseconds,
    DistributionJson GreetingMilliseconds,
    DistributionJson ReplyMilliseconds
)
{
    internal static AddressJson Of(AddressStatistics statistics) =>
        new(
            statistics.Address.ToString(),
            statistics.Sent,
            statistics.Answered,
            statistics.Lost,
            statistics.LossPercent,
            TimePrecision.ToMilliseconds(statistics.LongestOutage),
            DistributionJson.Of(statistics.Connect),
            DistributionJson.Of(statistics.Greeting),
            DistributionJson.Of(statistics.Reply)
        );
}

/// <summary>The statistics of some times for programs.</summary>
internal sealed record DistributionJson(
    double? Min,
    double? Median,
    double? Mean,
    double? P90,
    double? P99,
    double? Max,
    double? Jitter
)
{
    internal static DistributionJson Of(Distribution distribution) =>
        new(
            Milliseconds(distribution.Min),
            Milliseconds(distribution.Median),
            Milliseconds(distribution.Mean),
            Milliseconds(distribution.P90),
            Milliseconds(distribution.P99),
            Milliseconds(distribution.Max),
            Milliseconds(distribution.Jitter)
        );

    internal static double? Milliseconds(Option<TimeSpan> time) =>
        time.Map(TimePrecision.ToMilliseconds).ToNullable();
}

/// <summary>The forms of JSON that are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProbeJson))]
[JsonSerializable(typeof(ProbeSummaryJson))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext;
