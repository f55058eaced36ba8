using System.Collections.Immutable;
using System.Globalization;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Plan;

/// <summary>
/// The scenarios of clients. The clients of TinyTCP connect to TinyTCP AOT, those of redis to redis. This table alone knows
/// the command line of <c>tinytcp</c>.
/// </summary>
internal static class ClientScenarioTable
{
    /// <summary>Requests for <c>tinytcp send</c>: ECHO lines, so that the replies are the same bytes.</summary>
    public const string LineInput = "Bench/bin/send.lines";

    /// <summary>The same requests for <c>redis-cli --pipe</c>.</summary>
    public const string RedisInput = "Bench/bin/send.resp";

    private const string Replies = "Bench/bin/send.replies";
    private const string Tinytcp = "Bench/bin/client/tinytcp";
    private const string Callers = "Bench/Callers/bin/Release/net10.0/callers.dll";
    private const string LoadDriver = "Bench/bin/load";
    private const string RedisCli = "/usr/bin/redis-cli";
    private const string RedisBenchmark = "/usr/bin/redis-benchmark";
    private const int Rate = 20_000;
    private const int ManyCallers = 100;

    /// <summary>All of them.</summary>
    public static ImmutableArray<Scenario> Rows { get; } =
    [
        new(
            "client-send",
            "Client: a file of ECHO requests",
            "`redis-cli --pipe` sends about twice the bytes and checks no reply; `tinytcp send` writes each reply to a file.",
            [MeasureNames.ClientCpu, MeasureNames.Rate, MeasureNames.PeakResident],
            [Of("send", Send, RedisPipe)]
        ),
        new(
            "client-callers",
            "Client: callers that share one connection",
            "100 callers await each reply before their next request. One caller sends all requests before it awaits a reply.",
            [MeasureNames.ClientCpu, MeasureNames.Rate, MeasureNames.Allocated],
            [
                Of("100 callers", CallersOf("tinytcp", ManyCallers), CallersOf("redis", ManyCallers)),
                Of("1 caller, pipelined", CallersOf("tinytcp", 1), CallersOf("redis", 1)),
            ]
        ),
        new(
            "client-bench",
            "Client: CPU of the load generators in a closed loop",
            "ECHO of 5 bytes, 50 connections. CPU is that of the whole process, its start included.",
            [MeasureNames.ClientCpu, MeasureNames.Rate],
            [BenchAt(depth: 1, share: 25), BenchAt(depth: 16, share: 5), BenchAt(depth: 128, share: 3)]
        ),
        new(
            "client-latency",
            "Client: latencies of the load generators at 20,000 requests per second",
            "ECHO of 5 bytes, 50 connections, the same server. A latency is measured from the time its request was due.",
            [MeasureNames.P50, .. MeasureNames.Latencies[1..], MeasureNames.ClientCpu],
            [Of("20,000 per second", BenchAtRate, DriverAtRate)]
        ),
        new(
            "client-start",
            "Client: one request, from exec to exit",
            "`tinytcp time` beside `redis-cli ECHO x`.",
            [
                MeasureNames.P50,
                .. MeasureNames.Latencies[1..],
                MeasureNames.ClientCpu,
                MeasureNames.PeakResident,
            ],
            [Of("one request", Once, RedisOnce)]
        ),
    ];

    private static ClientProgram Send =>
        new(
            "tinytcp send",
            ContenderTable.Aot,
            Tinytcp,
            static (port, settings) =>
                [
                    .. Requests(settings.ClientRequests),
                    "--output",
                    Replies,
                    "--",
                    Tinytcp,
                    "send",
                    LineInput,
                    .. Target(port),
                ]
        )
        {
            Check = ["cmp", LineInput, Replies],
        };

    private static ClientProgram RedisPipe =>
        new(
            "redis-cli --pipe",
            ContenderTable.Redis,
            RedisCli,
            static (port, settings) =>
                [
                    .. Requests(settings.ClientRequests),
                    "--input",
                    RedisInput,
                    "--",
                    RedisCli,
                    "-p",
                    Text(port),
                    "--pipe",
                ]
        );

    private static ClientProgram BenchAtRate =>
        Bench(
            "tinytcp bench",
            static settings => ["--depth", "4096", "--rate", Text(Rate), .. Lasting(settings)]
        );

    private static ClientProgram DriverAtRate =>
        new(
            "C driver",
            ContenderTable.Aot,
            LoadDriver,
            static (port, settings) =>
                [
                    "--",
                    LoadDriver,
                    .. Words("open --connections 50 --port"),
                    Text(port),
                    "--rate",
                    Text(Rate),
                    .. Lasting(settings),
                ]
        );

    private static ClientProgram Once =>
        new(
            "tinytcp time",
            ContenderTable.Aot,
            Tinytcp,
            static (port, settings) => [.. Starts(settings), Tinytcp, "time", .. Target(port)]
        );

    private static ClientProgram RedisOnce =>
        new(
            "redis-cli ECHO x",
            ContenderTable.Redis,
            RedisCli,
            static (port, settings) => [.. Starts(settings), RedisCli, "-p", Text(port), "ECHO", "x"]
        );

    private static Workload Of(string name, params ImmutableArray<ClientProgram> clients) =>
        new(name, Mode.Command) { Clients = clients };

    /// <summary>Both run for about three seconds; <c>redis-benchmark</c> is given a number of requests for it.</summary>
    private static Workload BenchAt(int depth, int share) =>
        Of(
            $"depth {Text(depth)}",
            Bench(
                "tinytcp bench",
                settings => ["--depth", Text(depth), "--warmup", "0", "--seconds", Text(settings.Seconds * 3)]
            ),
            new(
                "redis-benchmark",
                ContenderTable.Redis,
                RedisBenchmark,
                (port, settings) =>
                    [
                        .. Requests(settings.ClientRequests / share),
                        "--",
                        RedisBenchmark,
                        .. Words("-q -c 50 -p"),
                        Text(port),
                        "-P",
                        Text(depth),
                        "-n",
                        Text(settings.ClientRequests / share),
                        "ECHO",
                        "hello",
                    ]
            )
        );

    private static ClientProgram Bench(string name, Func<RunSettings, ImmutableArray<string>> load) =>
        new(
            name,
            ContenderTable.Aot,
            Tinytcp,
            (port, settings) =>
                [
                    "--",
                    Tinytcp,
                    .. Words("bench --connections 50 --noise 0 --json"),
                    .. Target(port),
                    .. load(settings),
                ]
        );

    private static ClientProgram CallersOf(string protocol, int callers) =>
        new(
            protocol == "redis" ? "StackExchange.Redis" : "TinyTcp.Client",
            protocol == "redis" ? ContenderTable.Redis : ContenderTable.Aot,
            Callers,
            (port, settings) =>
                [
                    "--",
                    "dotnet",
                    Callers,
                    protocol,
                    Text(port),
                    Text(callers),
                    Text(settings.ClientRequests / 10 / callers),
                ]
        );

    private static string[] Target(int port) => ["--target", $"127.0.0.1:{Text(port)}"];

    private static string[] Requests(int count) => ["--requests", Text(count)];

    private static string[] Starts(RunSettings settings) =>
        ["--requests", "1", "--runs", Text(settings.ClientRequests / 50_000), "--"];

    private static string[] Lasting(RunSettings settings) =>
        ["--warmup", Text(settings.WarmUp), "--seconds", Text(settings.Seconds * 2)];

    private static string[] Words(string command) => command.Split(' ');

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
