using LanguageExt;
using TinyTcp.Core.Commands;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>The load to put on a server.</summary>
/// <param name="Request">The request that is repeated.</param>
/// <param name="Connections">The number of connections.</param>
/// <param name="Depth">The most requests in flight on a connection.</param>
/// <param name="Rate">Requests per second over all connections (open loop), or none for a closed loop.</param>
/// <param name="WarmUp">How long requests are sent before the measurement.</param>
/// <param name="Duration">The length of the measurement.</param>
internal sealed record LoadProfile(
    Command Request,
    int Connections,
    int Depth,
    Option<long> Rate,
    TimeSpan WarmUp,
    TimeSpan Duration
)
{
    // No run lasts so long, and sums of such times do not overflow.
    private const long Never = long.MaxValue / 4;

    /// <summary>The number of requests to measure, in place of a duration.</summary>
    internal Option<long> Count { get; init; }

    /// <summary>The request's verb.</summary>
    internal string Verb => CommandTable.Of(Request.Kind).Verb;

    /// <summary>The length of the request's text in bytes, if it has one.</summary>
    internal Option<int> Size => Request.AsText.Map(static text => text.Bytes.Length);

    /// <summary>
    /// The measurement of a run that starts at a time. In an open loop the number of requests gives its end; in a closed one the
    /// scheduler counts them.
    /// </summary>
    internal MeasurementWindow WindowFrom(long start)
    {
        var from = start + LoadClock.Nanoseconds(WarmUp);
        return new(
            start,
            from,
            Count.Match(
                Some: count => Rate.Map(rate => start + EndOf(count, new Arrivals(rate))).IfNone(Never),
                None: () => from + LoadClock.Nanoseconds(Duration)
            )
        );
    }

    private long EndOf(long count, Arrivals arrivals) =>
        arrivals.Due(arrivals.DueBefore(LoadClock.Nanoseconds(WarmUp)) + count);
}
