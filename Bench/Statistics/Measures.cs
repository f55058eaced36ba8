namespace TinyTcp.Bench.Statistics;

/// <summary>The names of all that is measured, each with its unit.</summary>
internal static class Measures
{
    /// <summary>CPU time that the server's process spent on a request, visit or connection; microseconds.</summary>
    public const string Cpu = "server CPU µs";

    /// <summary>The same of the driver's process, to see what it costs beside what it measures; microseconds.</summary>
    public const string LoadCpu = "driver CPU µs";

    /// <summary>Requests, visits or connections in a second of the wall clock.</summary>
    public const string Rate = "per second";

    /// <summary>Latency: half of the requests took no longer; microseconds.</summary>
    public const string P50 = "p50 µs";

    /// <summary>Latency: 90 in 100 requests took no longer; microseconds.</summary>
    public const string P90 = "p90 µs";

    /// <summary>Latency: 99 in 100 requests took no longer; microseconds.</summary>
    public const string P99 = "p99 µs";

    /// <summary>Latency: 999 in 1,000 requests took no longer; microseconds.</summary>
    public const string P999 = "p99.9 µs";

    /// <summary>Latency: no request took longer; microseconds.</summary>
    public const string Longest = "longest µs";

    /// <summary>Requests that left over a millisecond after they were due, of 100.</summary>
    public const string Late = "late %";

    /// <summary>From exec to the first byte of a reply, milliseconds.</summary>
    public const string FirstReply = "first reply ms";

    /// <summary>Resident memory, MiB.</summary>
    public const string Resident = "resident MiB";

    /// <summary>Resident memory that an idle connection adds, bytes.</summary>
    public const string IdleResident = "resident bytes a connection";

    /// <summary>The same without pages of files.</summary>
    public const string IdleAnonymous = "anonymous bytes a connection";

    /// <summary>Resident memory after everybody has left, over what it was before anybody came; KiB.</summary>
    public const string ResidentLeft = "resident KiB left over";

    /// <summary>Open descriptors after everybody has left, over what there were before anybody came.</summary>
    public const string DescriptorsLeft = "descriptors left over";

    /// <summary>The size of the program's file, MiB.</summary>
    public const string FileSize = "file MiB";
}
