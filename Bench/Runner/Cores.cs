namespace TinyTcp.Bench.Runner;

/// <summary>The cores of <c>taskset</c>.</summary>
internal static class Cores
{
    /// <summary>The core of the servers.</summary>
    public const string Server = "0";

    /// <summary>The core of the load driver, the client programs and this program.</summary>
    public const string Load = "1";
}
