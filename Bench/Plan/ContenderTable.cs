using System.Collections.Immutable;

namespace TinyTcp.Bench.Plan;

/// <summary>All contenders. Paths are relative to the repository's root; <c>Bench/run</c> builds the programs.</summary>
internal static class ContenderTable
{
    private const string NativeServer = "Bench/bin/server/tinytcpd";
    private const string ManagedServer = "Shell/bin/Release/net10.0/tinytcpd.dll";
    private const string PortableServer = "Bench/Contenders/Portable/bin/Release/net10.0/portable.dll";
    private const string KestrelServer = "Bench/Contenders/Kestrel/bin/Release/net10.0/kestrel.dll";
    private const string GarnetServer = "Bench/bin/garnet/garnet-server";
    private const string Python3 = "/usr/bin/python3";

    // The load driver connects from many addresses of this machine, which the protected mode would reject.
    private const string RedisOptions =
        "--bind 127.0.0.1 --protected-mode no --maxclients 15000 --appendonly no --save ''";

    /// <summary>The minimal server; the report divides the figures of all others by its figures.</summary>
    public static Contender Baseline { get; } =
        new("C loop", Protocol.TinyTcp, "Bench/bin/loop", static port => $"Bench/bin/loop {port}")
        {
            Version = "gcc --version",
            IsSingleFile = true,
        };

    /// <summary>The server as one native file.</summary>
    public static Contender Aot { get; } =
        new("TinyTCP AOT", Protocol.TinyTcp, NativeServer, static port => $"{NativeServer} --port {port}")
        {
            IsSingleFile = true,
        };

    /// <summary>redis from Debian, without persistence.</summary>
    public static Contender Redis { get; } =
        new(
            "redis",
            Protocol.Redis,
            "/usr/bin/redis-server",
            static port => $"redis-server --port {port} {RedisOptions}"
        )
        {
            Version = "redis-server --version",
        };

    /// <summary>All contenders in the order of the report.</summary>
    public static ImmutableArray<Contender> Rows { get; } =
    [
        Baseline,
        Aot,
        new(
            "TinyTCP JIT",
            Protocol.TinyTcp,
            ManagedServer,
            static port => $"dotnet {ManagedServer} --port {port}"
        )
        {
            IsJitted = true,
        },
        new(
            "TinyTCP Portable",
            Protocol.TinyTcp,
            PortableServer,
            static port => $"dotnet {PortableServer} {port}"
        )
        {
            IsJitted = true,
            IsBasicOnly = true,
        },
        Redis,
        new(
            "memcached",
            Protocol.Memcached,
            "/usr/bin/memcached",
            static port => $"memcached -l 127.0.0.1 -p {port} -t 1 -c 15000 -u nobody"
        )
        {
            Version = "memcached --version",
            IsBasicOnly = true,
        },
        new(
            "Garnet",
            Protocol.Redis,
            GarnetServer,
            static port => $"{GarnetServer} --bind 127.0.0.1 --port {port} -m 64m -i 16m"
        )
        {
            Version = "dotnet tool list --tool-path Bench/bin/garnet",
            IsJitted = true,
            IsBasicOnly = true,
        },
        new("Kestrel", Protocol.TinyTcp, KestrelServer, static port => $"dotnet {KestrelServer} {port}")
        {
            IsJitted = true,
        },
        new(
            "Python",
            Protocol.TinyTcp,
            Python3,
            static port => $"{Python3} Bench/Contenders/Python/server.py {port}"
        )
        {
            Version = $"{Python3} --version",
            IsBasicOnly = true,
        },
    ];
}
