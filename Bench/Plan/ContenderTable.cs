using System.Collections.Immutable;
using System.Globalization;

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

    /// <summary>The minimal server; the report divides the figures of all others by its figures.</summary>
    public static Contender Baseline { get; } =
        new("C loop", Protocol.TinyTcp, "Bench/bin/loop", static port => ["Bench/bin/loop", Text(port)])
        {
            Version = ["gcc", "--version"],
            IsSingleFile = true,
        };

    /// <summary>The server as one native file.</summary>
    public static Contender Aot { get; } =
        new(
            "TinyTCP AOT",
            Protocol.TinyTcp,
            NativeServer,
            static port => [NativeServer, "--port", Text(port)]
        )
        {
            IsSingleFile = true,
        };

    /// <summary>redis from Debian, without persistence.</summary>
    public static Contender Redis { get; } =
        new(
            "redis",
            Protocol.Redis,
            "/usr/bin/redis-server",
            static port =>
                [
                    .. Words("redis-server --bind 127.0.0.1 --appendonly no --maxclients 15000 --port"),
                    Text(port),
                    // The load driver connects from many addresses of this machine, not from 127.0.0.1 alone.
                    .. Words("--protected-mode no --save"),
                    "",
                ]
        )
        {
            Version = ["redis-server", "--version"],
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
            static port => ["dotnet", ManagedServer, "--port", Text(port)]
        )
        {
            IsJitted = true,
        },
        Managed("TinyTCP Portable", PortableServer) with
        {
            IsBasicOnly = true,
        },
        Redis,
        new(
            "memcached",
            Protocol.Memcached,
            "/usr/bin/memcached",
            static port => [.. Words("memcached -l 127.0.0.1 -t 1 -c 15000 -u nobody -p"), Text(port)]
        )
        {
            Version = ["memcached", "--version"],
            IsBasicOnly = true,
        },
        new(
            "Garnet",
            Protocol.Redis,
            GarnetServer,
            static port => [GarnetServer, .. Words("--bind 127.0.0.1 -m 64m -i 16m --port"), Text(port)]
        )
        {
            Version = ["dotnet", "tool", "list", "--tool-path", "Bench/bin/garnet"],
            IsJitted = true,
            IsBasicOnly = true,
        },
        Managed("Kestrel", KestrelServer),
        new(
            "Python",
            Protocol.TinyTcp,
            Python3,
            static port => [Python3, "Bench/Contenders/Python/server.py", Text(port)]
        )
        {
            Version = [Python3, "--version"],
            IsBasicOnly = true,
        },
    ];

    private static Contender Managed(string name, string library) =>
        new(name, Protocol.TinyTcp, library, port => ["dotnet", library, Text(port)]) { IsJitted = true };

    private static string[] Words(string command) => command.Split(' ');

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
