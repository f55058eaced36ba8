namespace TinyTcp.Bench.Plan;

/// <summary>The protocol of a server; the load driver knows the same names in lower case.</summary>
internal enum Protocol
{
    TinyTcp,
    Redis,
    Memcached,
}
