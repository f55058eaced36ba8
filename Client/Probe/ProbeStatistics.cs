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
    internal long Unfinished => addresses.Sum(static address => (long)address.UnderWay);

    /// <summary>
    /// The exit code: success if all probes were answered, a code of its own if some were, otherwise that of the last error.
    /// None if no probe has finished.
    /// </summary>
    internal Option<ExitCode> ExitCode =>
        addresses.TrueForAll(static address => address.Sent == 0) ? Option<ExitCode>.None
        : addresses.TrueForAll(static address => address.Lost == 0) ? ExitCodes.Success
        : addresses.Exists(static address => address.Answered > 0) ? ExitCodes.NotAllAnswered
        : lastError.Map(ExitCodes.From);

    /// <summary>The statistics of an address.</summary>
    internal AddressStatistics Of(ServerEndPoint address)
    {
        var known = addresses.Find(known => known.Address == address);
        if (known is null)
        {
            known = new AddressStatistics(address);
            addresses.Add(known);
        }

        return known;
    }

    /// <summary>The probed addresses of a target; the target itself if no address of it was ever found.</summary>
    internal ImmutableArray<ServerEndPoint> AddressesOf(ServerEndPoint target) =>
        [
            .. addresses
                .Select(static known => known.Address)
                .Where(address => address != target)
                .DefaultIfEmpty(target),
        ];

    /// <summary>Counts a probe that waits for the addresses of its target as one of every known address.</summary>
    internal void StartUnresolved(ServerEndPoint target, TimeSpan start)
    {
        foreach (var address in AddressesOf(target))
        {
            Of(address).Start(start);
        }
    }

    internal void Add(ProbeSample sample)
    {
        Of(sample.Address).Add(sample);
        lastError = sample.Result.Error || lastError;
    }

    /// <summary>The run ends.</summary>
    /// <param name="now">The time since its start.</param>
    internal void End(TimeSpan now) => addresses.ForEach(address => address.End(now));
}
