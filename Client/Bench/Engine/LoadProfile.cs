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
    /// <summary>The request's verb.</summary>
    internal string Verb => CommandTable.Of(Request.Kind).Verb;

    /// <summary>The length of the request's text in bytes, if it has one.</summary>
    internal Option<int> Size => Request.AsText.Map(static text => text.Bytes.Length);
}
