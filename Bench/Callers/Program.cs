using System.Diagnostics;
using System.Globalization;

namespace TinyTcp.Bench.Callers;

/// <summary>
/// Callers that share one connection, with texts of their own. Several callers await each reply; one caller sends all
/// requests before it awaits a reply. Prints JSON. Usage: <c>callers TinyTcp.Client|StackExchange.Redis PORT CALLERS REQUESTS</c>
/// </summary>
internal static class Program
{
    private const int Texts = 100;

    private static async Task Main(string[] arguments)
    {
        var port = Number(arguments[1]);
        await using IEchoClient client =
            arguments[0] == "StackExchange.Redis"
                ? await RedisEchoClient.ConnectAsync(port)
                : await TinyTcpEchoClient.ConnectAsync(port);
        var (callers, requests) = (Number(arguments[2]), Number(arguments[3]));
        await RunAsync(client, callers, requests / 10);
        await MeasureAsync(client, callers, requests);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static Task RunAsync(IEchoClient client, int callers, int requests) =>
        callers == 1
            ? client.PipelineAsync(TextsOf(0), requests)
            : Task.WhenAll(
                Enumerable
                    .Range(0, callers)
                    .Select(caller => Task.Run(() => client.AwaitEachAsync(TextsOf(caller), requests)))
            );

    private static string[] TextsOf(int caller) =>
        [.. Enumerable.Range(0, Texts).Select(text => $"caller {caller} text {text}")];

    private static async Task MeasureAsync(IEchoClient client, int callers, int requests)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await RunAsync(client, callers, requests);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"requests":{{callers * requests}},"seconds":{{seconds}},"clientCpuSeconds":{{cpu.TotalSeconds}},"allocatedBytes":{{allocated}}}"""
            )
        );
    }
}
