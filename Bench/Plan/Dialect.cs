namespace TinyTcp.Bench.Plan;

/// <summary>What a contender speaks, as the load driver names it.</summary>
internal static class Dialect
{
    public const string TinyTcp = "tinytcp";
    public const string Redis = "redis";
    public const string Memcached = "memcached";
}
