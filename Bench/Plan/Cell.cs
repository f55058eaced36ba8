using System.Collections.Immutable;
using System.Globalization;

namespace TinyTcp.Bench.Plan;

/// <summary>What the load driver does: its modes by name, and two that take more than one of its runs.</summary>
internal enum Mode
{
    /// <summary>Each connection awaits its replies before it asks again.</summary>
    Closed,

    /// <summary>Visitors who connect, ask once, leave, and come again.</summary>
    Churn,

    /// <summary>Requests by a fixed schedule, at half of the rate that the C loop can take.</summary>
    Open,

    /// <summary>One connection floods, and another's requests are looked at.</summary>
    Flood,

    /// <summary>Thousands at once on a server that is fresh: what they cost to hold, and how fast they come.</summary>
    Crowd,

    /// <summary>From exec to the first reply.</summary>
    Start,
}

/// <summary>One thing to do with each contender that takes part, and what it is called in results.</summary>
/// <param name="Name">Its name, unique in the plan.</param>
/// <param name="Part">What a contender has to take part in for it.</param>
/// <param name="Mode">What the load driver does.</param>
/// <param name="Request">What is asked, as the load driver names it.</param>
/// <param name="Connections">How many connections.</param>
/// <param name="Depth">How many requests a connection sends before it awaits replies.</param>
internal sealed record Cell(string Name, Part Part, Mode Mode, string Request, int Connections, int Depth)
{
    /// <summary>Whether a contender takes part in it.</summary>
    public bool IsFor(Contender contender) => contender.Part.HasFlag(Part);

    /// <summary>What is asked and how, as arguments of the load driver.</summary>
    public ImmutableArray<string> Arguments =>
        ["--request", Request, "--connections", Text(Connections), "--depth", Text(Depth)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Cells that are reported together.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its heading in the report.</param>
/// <param name="Note">What is to be known for reading its figures.</param>
/// <param name="Cells">What is done.</param>
internal sealed record Scenario(string Name, string Title, string Note, ImmutableArray<Cell> Cells);
