using System.Collections.Immutable;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>The summary as JSON; docs/schemas/probe.schema.json describes it.</summary>
internal sealed record ProbeSummaryJson(
    string Type,
    string Target,
    long Unfinished,
    int? ExitCode,
    ImmutableArray<ProbeSummaryJson.AddressJson> Addresses
)
{
    internal static ProbeSummaryJson Of(ServerEndPoint target, ProbeStatistics statistics) =>
        new(
            "summary",
            target.ToString(),
            statistics.Unfinished,
            statistics.ExitCode.Map(static code => code.Code).ToNullable(),
            [.. statistics.Addresses.Select(Of)]
        );

    private static AddressJson Of(AddressStatistics statistics) =>
        new(
            statistics.Address.ToString(),
            statistics.Sent,
            statistics.Answered,
            statistics.Lost,
            statistics.LossPercent,
            statistics.UnderWay,
            statistics.LongestWait.Map(Milliseconds.Round).ToNullable(),
            statistics.Skipped,
            Milliseconds.Round(statistics.LongestOutage),
            Of(statistics.Connect),
            Of(statistics.Greeting),
            Of(statistics.Reply)
        );

    private static OrderedDictionary<string, double?> Of(Distribution times) =>
        new(
            Distribution.Statistics.Select(statistic =>
                KeyValuePair.Create(statistic.Name, statistic.Of(times).Map(Milliseconds.Round).ToNullable())
            ),
            StringComparer.Ordinal
        );

    internal sealed record AddressJson(
        string Address,
        long Sent,
        long Answered,
        long Lost,
        double LossPercent,
        long Unfinished,
        double? LongestUnfinishedMilliseconds,
        long Skipped,
        double LongestOutageMilliseconds,
        OrderedDictionary<string, double?> ConnectMilliseconds,
        OrderedDictionary<string, double?> GreetingMilliseconds,
        OrderedDictionary<string, double?> ReplyMilliseconds
    );
}
