using LanguageExt;
using TinyTcp.Core.Commands;

namespace TinyTcp.Cli.Benching;

/// <summary>What load a server is to bear.</summary>
/// <param name="Asks">What is asked, over and over.</param>
/// <param name="Connections">How many connections ask it.</param>
/// <param name="Depth">How many requests each may have under way.</param>
/// <param name="Rate">How many requests a second, over all connections, whether replies come or not; none for as many as come.</param>
/// <param name="WarmUp">How long it goes on before anything counts.</param>
/// <param name="Duration">How long it counts.</param>
/// <param name="Threads">How many threads share the connections.</param>
internal sealed record Load(
    Command Asks,
    int Connections,
    int Depth,
    Option<long> Rate,
    TimeSpan WarmUp,
    TimeSpan Duration,
    int Threads
)
{
    /// <summary>The word that asks.</summary>
    internal string Verb => CommandTable.Of(Asks.Kind).Verb;

    /// <summary>How many bytes its text has, where it has one.</summary>
    internal Option<int> Size => Asks.AsText.Map(static text => text.Bytes.Length);

    /// <summary>Whether requests leave by a schedule.</summary>
    internal bool IsOpen => Rate.IsSome;

    /// <summary>How many connections one of the threads has: the first ones have those that are left over.</summary>
    internal int ConnectionsOf(int thread) =>
        (Connections / Threads) + (thread < Connections % Threads ? 1 : 0);
}
