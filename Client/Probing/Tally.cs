using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Probing;

/// <summary>All probes so far, address by address in the order in which they came up.</summary>
internal sealed record Tally
{
    private Tally() { }

    /// <summary>No probes.</summary>
    internal static Tally Empty { get; } = new();

    /// <summary>Each address's.</summary>
    internal ImmutableArray<Series> All { get; private init; } = [];

    /// <summary>How many probes were under way when it was stopped: nobody knows whether they would have been answered.</summary>
    internal long Unfinished { get; private init; }

    /// <summary>How many got the right reply.</summary>
    internal long Answered => All.Sum(static series => series.Answered);

    /// <summary>How many did not.</summary>
    internal long Lost => All.Sum(static series => series.Lost);

    /// <summary>
    /// How the program ends: well where all were answered, by a code of its own where some were, else as the last error
    /// says; none where no probe has come to an end.
    /// </summary>
    internal Option<ExitCode> Outcome =>
        All.IsEmpty ? Option<ExitCode>.None
        : Lost == 0 ? ExitCodes.Success
        : Answered > 0 ? ExitCodes.NotAllAnswered
        : LastError.Map(ExitCodes.Of);

    /// <summary>
    /// The addresses of a target that have been probed, or the target itself before any was found. Once one was, that is no
    /// address any more: it has only failed to have one.
    /// </summary>
    internal ImmutableArray<Target> Known(Target target) =>
        All.Select(static series => series.Address)
            .Where(address => address != target)
            .DefaultIfEmpty(target)
            .ToImmutableArray();

    private Option<ClientError> LastError { get; init; }

    /// <summary>One more probe.</summary>
    internal Tally Add(Sample sample)
    {
        var known = All.FirstOrDefault(series => series.Address == sample.Address);
        var added = (known ?? new Series(sample.Address)).Add(sample);
        return this with
        {
            All = known is null ? All.Add(added) : All.Replace(known, added),
            LastError = sample.Result.Error || LastError,
        };
    }

    /// <summary>One more that was stopped.</summary>
    internal Tally AddUnfinished() => this with { Unfinished = Unfinished + 1 };
}
