using System.Collections.Immutable;

namespace TinyTcp.Bench.Plan;

/// <summary>One server that is measured: how it is started, what it is compared in, and what is to be known of it.</summary>
/// <param name="Name">Its name in every table.</param>
/// <param name="Speaks">Its protocol, as the load driver names it.</param>
/// <param name="Part">What it takes part in.</param>
/// <param name="Command">The program and its arguments, listening on a port of 127.0.0.1.</param>
/// <param name="Program">The file that has to exist; without it the contender is left out.</param>
/// <param name="Version">The command that prints its version, or nothing where it is this repository's own.</param>
internal sealed record Contender(
    string Name,
    string Speaks,
    Part Part,
    Func<int, ImmutableArray<string>> Command,
    string Program,
    ImmutableArray<string> Version
)
{
    /// <summary>Whether it is compiled as it runs, and so has to run for a while before it is measured.</summary>
    public bool IsJitted { get; init; }

    /// <summary>Whether it is one file that needs nothing else, so that its size says something.</summary>
    public bool IsOneFile { get; init; }

    /// <summary>The cores that it may use.</summary>
    public string Cores { get; init; } = Cpus.Server;
}

/// <summary>Which cores are whose.</summary>
internal static class Cpus
{
    /// <summary>The server's.</summary>
    public const string Server = "0";

    /// <summary>The load driver's, and this program's.</summary>
    public const string Load = "1";

    /// <summary>Both, one of them shared with the load.</summary>
    public const string Both = "0,1";
}

/// <summary>What a contender takes part in.</summary>
[Flags]
internal enum Part
{
    /// <summary>Whatever anybody takes part in.</summary>
    None = 0,

    /// <summary>TIME, or what comes nearest, at 50 connections.</summary>
    Time = 1,

    /// <summary>ECHO at 50 connections.</summary>
    Echo = 2,

    /// <summary>ECHO and TIME at 1 and 1,000 connections as well.</summary>
    Breadth = 4,

    /// <summary>Visitors who come and go.</summary>
    Churn = 8,

    /// <summary>Thousands of connections at once.</summary>
    Crowd = 16,

    /// <summary>Latency at one rate, and beside a flood.</summary>
    Latency = 32,

    /// <summary>Growth from 10 to 10,000 connections.</summary>
    Growth = 64,

    /// <summary>From exec to the first reply.</summary>
    Start = 128,

    /// <summary>One loop against two.</summary>
    Loops = 256,

    /// <summary>What every contender does that can.</summary>
    Column = Time | Echo | Churn | Start,

    /// <summary>All but the comparison of loops.</summary>
    All = Column | Breadth | Crowd | Latency | Growth,
}
