using System.Collections.Immutable;

namespace TinyTcp.Bench.Statistics;

/// <summary>The names of all measures, with their units, as the report prints them.</summary>
internal static class MeasureNames
{
    /// <summary>CPU time of the server's process per request, visit or connection.</summary>
    public const string ServerCpu = "server CPU µs";

    /// <summary>CPU time of the client's or load driver's process per request.</summary>
    public const string ClientCpu = "client CPU µs";

    /// <summary>Requests, visits or connections per second of wall-clock time.</summary>
    public const string Rate = "per second";

    public const string P50 = "p50 µs";
    public const string P90 = "p90 µs";
    public const string P99 = "p99 µs";
    public const string P999 = "p99.9 µs";
    public const string Max = "max µs";

    /// <summary>The percentage of requests that the load driver sent more than a millisecond after they were due.</summary>
    public const string Late = "late %";

    /// <summary>From exec to the end of the first reply.</summary>
    public const string FirstReply = "first reply ms";

    /// <summary>The server's resident memory at its first reply.</summary>
    public const string Resident = "resident MiB";

    /// <summary>The size of the server's file.</summary>
    public const string FileSize = "file MiB";

    /// <summary>What an idle connection adds to the server's resident memory.</summary>
    public const string ResidentPerConnection = "resident bytes per connection";

    /// <summary>The client's highest resident memory.</summary>
    public const string PeakResident = "peak MiB";

    /// <summary>Managed memory that the client allocates per request.</summary>
    public const string Allocated = "allocated bytes";

    /// <summary>All percentiles of latency.</summary>
    public static ImmutableArray<string> Latencies { get; } = [P50, P90, P99, P999, Max];
}
