using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>The statistics of all probes, by address in the order of the first probes.</summary>
internal sealed class ProbeStatistics
{
    private readonly List<AddressStatistics> addresses = [];
    private Option<ClientError> lastError;

    internal IReadOnlyList<AddressStatistics> Addresses => addresses;

    /// <summary>The number of probes that the end of the run cancelled.</summary>
    internal long Unfinished { get; private set; }

    /// <summary>
    /// The exit code: success if all probes were answered, a code of its own if some were, otherwise that of the last error.
    /// None if no probe has finished.
    /// </summary>
    internal Option<ExitCode> ExitCode =>
        addresses.Count == 0 ? Option<ExitCode>.None
        : addresses.TrueForAll(static address => address.Lost == 0) ? ExitCodes.Success
        : addresses.Exists(static address => address.Answered > 0) ? ExitCodes.NotAllAnswered
        : lastError.Map(ExitCodes.From);

    /// <summary>The probed addresses of a target; the target itself if no address of it was ever found.</summary>
    internal ImmutableArray<ServerEndPoint> AddressesOf(ServerEndPoint target) =>
        [
            .. addresses
                .Select(static known => known.Address)
                .Where(address => address != target)
                .DefaultIfEmpty(target),
        ];

    internal void Add(ProbeSample sample)
    {
        var known = addresses.Find(known => known.Address == sample.Address);
        if (known is null)
        {
            known = new AddressStatistics(sample.Address);
            addresses.Add(known);
        }

        known.Add(sample);
        lastError = sample.Result.Error || lastError;
    }

    internal void AddUnfinished() => Unfinished++;
}
