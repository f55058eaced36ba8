using System.Collections.Immutable;
using System.Globalization;

namespace TinyTcp.Bench.Plan;

/// <summary>All contenders. Paths are relative to the repository's root, where <c>Bench/run</c> puts what it builds.</summary>
internal static class ContenderTable
{
    /// <summary>The limit, to which all ratios are.</summary>
    public static Contender Limit { get; } =
        new(
            "C loop",
            Dialect.TinyTcp,
            Part.All,
            static port => ["Bench/bin/loop", Text(port)],
            "Bench/bin/loop",
            ["gcc", "--version"]
        )
        {
            IsOneFile = true,
        };

    /// <summary>The server as <c>dotnet</c> runs it.</summary>
    public static Contender Jit { get; } =
        new("TinyTCP JIT", Dialect.TinyTcp, Part.All | Part.Loops, static port => Shell(port), Server, [])
        {
            IsJitted = true,
        };

    /// <summary>The server as one native file.</summary>
    public static Contender Aot { get; } =
        new(
            "TinyTCP AOT",
            Dialect.TinyTcp,
            Part.All,
            static port => [NativeServer, "--port", Text(port)],
            NativeServer,
            []
        )
        {
            IsOneFile = true,
        };

    /// <summary>The server on the system of every other machine.</summary>
    public static Contender Portable { get; } =
        Managed(
            "TinyTCP Portable",
            Part.Column,
            "Bench/Contenders/Portable/bin/Release/net10.0/portable.dll"
        );

    /// <summary>Two loops on the core that one has.</summary>
    public static Contender TwoLoops { get; } =
        Jit with
        {
            Name = "TinyTCP, 2 loops",
            Part = Part.Loops,
            Command = static port => [.. Shell(port), "--threads", "2"],
        };

    /// <summary>One loop that may use both cores.</summary>
    public static Contender OneLoopOfTwoCores { get; } =
        TwoLoops with
        {
            Name = "TinyTCP, 1 loop of 2 cores",
            Command = static port => [.. Shell(port), "--threads", "1"],
            Cores = Cpus.Both,
        };

    /// <summary>Two loops on both cores.</summary>
    public static Contender TwoLoopsOfTwoCores { get; } =
        TwoLoops with
        {
            Name = "TinyTCP, 2 loops of 2 cores",
            Cores = Cpus.Both,
        };

    /// <summary>redis, from Debian.</summary>
    public static Contender Redis { get; } =
        new(
            "redis",
            Dialect.Redis,
            Part.All,
            static port =>
                [
                    "redis-server",
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    Text(port),
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    // The load comes from many addresses of this machine.
                    "--protected-mode",
                    "no",
                    "--maxclients",
                    "15000",
                ],
            "/usr/bin/redis-server",
            ["redis-server", "--version"]
        );

    /// <summary>memcached, from Debian; it knows no ECHO, and its request without a payload is <c>mn</c>.</summary>
    public static Contender Memcached { get; } =
        new(
            "memcached",
            Dialect.Memcached,
            Part.Time | Part.Churn | Part.Crowd | Part.Start,
            static port =>
                ["memcached", "-l", "127.0.0.1", "-p", Text(port), "-t", "1", "-c", "15000", "-u", "nobody"],
            "/usr/bin/memcached",
            ["memcached", "--version"]
        );

    /// <summary>Garnet, from NuGet.</summary>
    public static Contender Garnet { get; } =
        new(
            "Garnet",
            Dialect.Redis,
            Part.Column,
            static port =>
                [GarnetServer, "--bind", "127.0.0.1", "--port", Text(port), "-m", "64m", "-i", "16m"],
            GarnetServer,
            ["dotnet", "tool", "list", "--tool-path", "Bench/bin/garnet"]
        )
        {
            IsJitted = true,
        };

    /// <summary>Kestrel's sockets and pipes round the same core.</summary>
    public static Contender Kestrel { get; } =
        Managed("Kestrel", Part.All, "Bench/Contenders/Kestrel/bin/Release/net10.0/kestrel.dll");

    /// <summary>A thread per connection, as the first TinyTCP server had.</summary>
    public static Contender Python { get; } =
        new(
            "Python",
            Dialect.TinyTcp,
            Part.Column,
            static port => [PythonProgram, "Bench/Contenders/Python/server.py", Text(port)],
            PythonProgram,
            [PythonProgram, "--version"]
        );

    /// <summary>All of them, in the order of tables and charts.</summary>
    public static ImmutableArray<Contender> Rows { get; } =
    [
        Limit,
        Aot,
        Jit,
        Portable,
        TwoLoops,
        OneLoopOfTwoCores,
        TwoLoopsOfTwoCores,
        Redis,
        Memcached,
        Garnet,
        Kestrel,
        Python,
    ];

    private const string Server = "Shell/bin/Release/net10.0/tinytcpd.dll";
    private const string NativeServer = "Bench/bin/aot/tinytcpd";
    private const string GarnetServer = "Bench/bin/garnet/garnet-server";
    private const string PythonProgram = "/usr/bin/python3";

    private static ImmutableArray<string> Shell(int port) => ["dotnet", Server, "--port", Text(port)];

    private static Contender Managed(string name, Part part, string library) =>
        new(name, Dialect.TinyTcp, part, port => ["dotnet", library, Text(port)], library, [])
        {
            IsJitted = true,
        };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
