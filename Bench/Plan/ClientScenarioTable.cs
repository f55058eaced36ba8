using System.Collections.Immutable;
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
    private const string NativeClient = "Bench/bin/client/tinytcp";
    private const string Bench = "--connections 50 --noise 0 --json";
    private const string Callers = "Bench/Callers/bin/Release/net10.0/callers.dll";
    private const string LoadDriver = "Bench/bin/load";
    private const string RedisCli = "/usr/bin/redis-cli";
    private const string RedisBenchmark = "/usr/bin/redis-benchmark";
    private const int Rate = 20_000;

    /// <summary>All of them.</summary>
    public static ImmutableArray<Scenario> Rows { get; } =
    [
        new(
            "client-send",
            "Client: a file of ECHO requests",
            "`redis-cli --pipe` sends about twice the bytes and checks no reply; `tinytcp send` writes each reply to a file.",
            [MeasureNames.ClientCpu, MeasureNames.Rate, MeasureNames.PeakResident],
            [Compare("send", Send, RedisPipe)]
        ),
        new(
            "client-callers",
            "Client: callers that share one connection",
            "100 callers await each reply before their next request. One caller sends all requests before it awaits a reply.",
            [MeasureNames.ClientCpu, MeasureNames.Rate, MeasureNames.Allocated],
            [CallersAt("100 callers", 100, share: 10), CallersAt("1 caller, pipelined", 1, share: 50)]
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
            [.. MeasureNames.Latencies, MeasureNames.ClientCpu],
            [Compare("20,000 per second", BenchAtRate, DriverAtRate)]
        ),
        new(
            "client-start",
            "Client: one request, from exec to exit",
            "`tinytcp time` beside `redis-cli ECHO x`.",
            [.. MeasureNames.Latencies, MeasureNames.ClientCpu, MeasureNames.PeakResident],
            [Compare("one request", Once, RedisOnce)]
        ),
    ];

    private static ClientProgram Send =>
        Tinytcp(
            "send",
            settings => $"--requests {settings.ClientRequests} --output {Replies}",
            _ => LineInput
        ) with
        {
            Check = $"cmp {LineInput} {Replies}",
        };

    private static ClientProgram RedisPipe =>
        new(
            "redis-cli --pipe",
            ContenderTable.Redis,
            RedisCli,
            static (port, settings) =>
                $"--requests {settings.ClientRequests} --input {RedisInput} -- {RedisCli} -p {port} --pipe"
        );

    private static ClientProgram BenchAtRate =>
        Tinytcp(
            "bench",
            _ => "",
            settings =>
                $"{Bench} --depth 4096 --rate {Rate} --warmup {Milliseconds(settings.WarmUp)} --duration {Milliseconds(settings.Seconds * 2)}"
        );

    private static ClientProgram DriverAtRate =>
        new(
            "C driver",
            ContenderTable.Aot,
            LoadDriver,
            static (port, settings) =>
                $"-- {LoadDriver} open --connections 50 --port {port} --rate {Rate} --warmup {settings.WarmUp} --seconds {settings.Seconds * 2}"
        );

    private static ClientProgram Once => Tinytcp("time", Starts, _ => "");

    private static ClientProgram RedisOnce =>
        new(
            "redis-cli ECHO x",
            ContenderTable.Redis,
            RedisCli,
            static (port, settings) => $"{Starts(settings)} -- {RedisCli} -p {port} ECHO x"
        );

    private static Workload Compare(string name, ClientProgram client, ClientProgram baseline) =>
        new(name, Mode.Command) { Clients = [client, baseline] };

    /// <summary>Both run for about three seconds; <c>redis-benchmark</c> takes a number of requests instead.</summary>
    private static Workload BenchAt(int depth, int share) =>
        Compare(
            $"depth {depth}",
            Tinytcp(
                "bench",
                _ => "",
                settings =>
                    $"{Bench} --depth {depth} --warmup 0 --duration {Milliseconds(settings.Seconds * 3)}"
            ),
            new(
                "redis-benchmark",
                ContenderTable.Redis,
                RedisBenchmark,
                (port, settings) =>
                    $"--requests {settings.ClientRequests / share} -- {RedisBenchmark} -q -c 50 -p {port} -P {depth} "
                    + $"-n {settings.ClientRequests / share} ECHO hello"
            )
        );

    private static Workload CallersAt(string name, int callers, int share) =>
        Compare(
            name,
            CallersOf("TinyTcp.Client", ContenderTable.Aot, callers, share),
            CallersOf("StackExchange.Redis", ContenderTable.Redis, callers, share)
        );

    private static ClientProgram CallersOf(string library, Contender server, int callers, int share) =>
        new(
            library,
            server,
            Callers,
            (port, settings) =>
                $"-- dotnet {Callers} {library} {port} {callers} {settings.ClientRequests / share / callers}"
        );

    private static ClientProgram Tinytcp(
        string command,
        Func<RunSettings, string> driverOptions,
        Func<RunSettings, string> options
    ) =>
        new(
            $"tinytcp {command}",
            ContenderTable.Aot,
            NativeClient,
            (port, settings) =>
                $"{driverOptions(settings)} -- {NativeClient} {command} --target 127.0.0.1:{port} {options(settings)}"
        );

    private static string Starts(RunSettings settings) =>
        $"--requests 1 --runs {settings.ClientRequests / 50_000}";

    private static string Milliseconds(double seconds) => $"{(long)(seconds * 1_000)}ms";
}
