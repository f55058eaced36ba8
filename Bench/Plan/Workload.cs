using System.Collections.Immutable;

namespace TinyTcp.Bench.Plan;

/// <summary>A mode of the load driver; the driver knows the same names in lower case.</summary>
internal enum Mode
{
    /// <summary>Each connection waits for its replies before it sends again.</summary>
    Closed,

    /// <summary>Clients connect, send one request, QUIT, and connect again.</summary>
    Churn,

    /// <summary>Requests by a fixed schedule, at half of the highest rate of the baseline.</summary>
    Open,

    /// <summary>One connection floods the server, another sends single requests.</summary>
    Flood,

    /// <summary>Thousands of clients connect at once to a server that has just started.</summary>
    Storm,

    /// <summary>A server, from exec to its first reply.</summary>
    Start,

    /// <summary>A client program, from exec to exit.</summary>
    Command,
}

/// <summary>What is measured of each contender, or of each of its client programs.</summary>
/// <param name="Name">Its name in the report, unique in the plan.</param>
/// <param name="Mode">What the load driver does.</param>
/// <param name="Request">The request, as the load driver's argument.</param>
/// <param name="Connections">How many connections.</param>
/// <param name="Depth">How many requests a connection sends before it waits for replies.</param>
internal sealed record Workload(
    string Name,
    Mode Mode,
    string Request = "",
    int Connections = 0,
    int Depth = 0
)
{
    /// <summary>Whether also the contenders take part that are measured in basic workloads only.</summary>
    public bool IsBasic { get; init; }

    /// <summary>The client programs of <see cref="Mode.Command"/>. The last one is the baseline of the others.</summary>
    public ImmutableArray<ClientProgram> Clients { get; init; } = [];

    /// <summary>The name of the participant that ratios refer to.</summary>
    public string Baseline => Clients.IsEmpty ? ContenderTable.Baseline.Name : Clients[^1].Name;

    /// <summary>The request as arguments of the load driver.</summary>
    public string Arguments => $"--request {Request} --connections {Connections} --depth {Depth}";

    /// <summary>Whether a contender is measured. memcached has no ECHO.</summary>
    public bool Includes(Contender contender) =>
        Clients.IsEmpty
        && (IsBasic || !contender.IsBasicOnly)
        && (contender.Protocol != Protocol.Memcached || Request == "time");

    /// <summary>The names of the participants.</summary>
    public IEnumerable<string> Participants(IEnumerable<Contender> contenders) =>
        Clients.IsEmpty
            ? contenders.Where(Includes).Select(static contender => contender.Name)
            : Clients
                .Where(client => contenders.Contains(client.Server))
                .Select(static client => client.Name);
}

/// <summary>A client program that is measured from exec to exit.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Server">The contender that it connects to.</param>
/// <param name="Program">The file that must exist; otherwise the client program is left out.</param>
/// <param name="Arguments">The arguments of the load driver's mode <c>command</c>, for a port.</param>
internal sealed record ClientProgram(
    string Name,
    Contender Server,
    string Program,
    Func<int, RunSettings, string> Arguments
)
{
    /// <summary>The command that checks the output afterwards; empty if the program checks its replies itself.</summary>
    public string Check { get; init; } = "";
}

/// <summary>Workloads that are reported together.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">Its heading in the report.</param>
/// <param name="Note">What a reader needs to know of its figures.</param>
/// <param name="Measures">The columns of its table. Ratios are those of the first one.</param>
/// <param name="Workloads">What is measured.</param>
internal sealed record Scenario(
    string Name,
    string Title,
    string Note,
    ImmutableArray<string> Measures,
    ImmutableArray<Workload> Workloads
);
