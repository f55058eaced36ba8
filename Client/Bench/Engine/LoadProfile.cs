using LanguageExt;
using TinyTcp.Core.Commands;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>What load a server is to bear.</summary>
/// <param name="Request">What is asked, over and over.</param>
/// <param name="Connections">How many connections ask it.</param>
/// <param name="Depth">How many requests each may have under way.</param>
/// <param name="Rate">How many requests a second, over all connections, whether replies come or not; none for as many as come.</param>
/// <param name="WarmUp">How long it goes on before anything counts.</param>
/// <param name="Duration">How long it counts.</param>
internal sealed record LoadProfile(
    Command Request,
    int Connections,
    int Depth,
    Option<long> Rate,
    TimeSpan WarmUp,
    TimeSpan Duration
)
{
    /// <summary>The word that asks.</summary>
    internal string Verb => CommandTable.Of(Request.Kind).Verb;

    /// <summary>How many bytes its text has, where it has one.</summary>
    internal Option<int> Size => Request.AsText.Map(static text => text.Bytes.Length);

    /// <summary>Whether requests leave by a schedule.</summary>
    internal bool IsOpenLoop => Rate.IsSome;
}
