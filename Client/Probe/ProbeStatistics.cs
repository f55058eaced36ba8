using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>All probes so far, address by address in the order in which they came up.</summary>
internal sealed record ProbeStatistics
{
    private ProbeStatistics() { }

    /// <summary>No probes.</summary>
    internal static ProbeStatistics Empty { get; } = new();

    /// <summary>Each address's.</summary>
    internal ImmutableArray<AddressStatistics> Addresses { get; private init; } = [];

    /// <summary>How many probes were under way when it was stopped: nobody knows whether they would have been answered.</summary>
    internal long Unfinished { get; private init; }

    /// <summary>How many got the right reply.</summary>
    internal long Answered => Addresses.Sum(static series => series.Answered);

    /// <summary>How many did not.</summary>
    internal long Lost => Addresses.Sum(static series => series.Lost);

    /// <summary>
    /// How the program ends: well where all were answered, by a code of its own where some were, else as the last error
    /// says; none where no probe has come to an end.
    /// </summary>
    internal Option<ExitCode> ExitCode =>
        Addresses.IsEmpty ? Option<ExitCode>.None
        : Lost == 0 ? ExitCodes.Success
        : Answered > 0 ? ExitCodes.NotAllAnswered
        : LastError.Map(ExitCodes.From);

    /// <summary>
    /// The addresses of a target that have been probed, or the target itself before any was found. Once one was, that is no
    /// address any more: it has only failed to have one.
    /// </summary>
    internal ImmutableArray<ServerEndPoint> AddressesOf(ServerEndPoint target) =>
        Addresses
            .Select(static series => series.Address)
            .Where(address => address != target)
            .DefaultIfEmpty(target)
            .ToImmutableArray();

    private Option<ClientError> LastError { get; init; }

    /// <summary>One more probe.</summary>
    internal ProbeStatistics Add(ProbeSample sample)
    {
        var known = Addresses.FirstOrDefault(series => series.Address == sample.Address);
        var added = (known ?? new AddressStatistics(sample.Address)).Add(sample);
        return this with
        {
            Addresses = known is null ? Addresses.Add(added) : Addresses.Replace(known, added),
            LastError = sample.Result.Error || LastError,
        };
    }

    /// <summary>One more that was stopped.</summary>
    internal ProbeStatistics AddUnfinished() => this with { Unfinished = Unfinished + 1 };
}
