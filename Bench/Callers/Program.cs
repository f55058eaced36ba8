using System.Diagnostics;
using System.Globalization;
using System.Net;
using StackExchange.Redis;
using TinyTcp.Client;

namespace TinyTcp.Bench.Callers;

/// <summary>
/// Many callers on one connection, each of which asks for texts of its own and looks at every reply: TinyTCP's library
/// against a TinyTCP server, StackExchange.Redis against redis. Usage: <c>callers tinytcp|redis PORT [CALLERS] [REQUESTS]</c>.
/// </summary>
internal static class Program
{
    private const int Texts = 100;

    private static async Task<int> Main(string[] words)
    {
        var port = Number(words, at: 1, unless: 0);
        var (callers, requests) = (Number(words, at: 2, unless: 100), Number(words, at: 3, unless: 100_000));
        switch (words[0])
        {
            case "tinytcp":
                await using (var client = await ConnectAsync(port))
                {
                    await MeasureAsync(
                        "TinyTcp.Client",
                        callers,
                        requests,
                        (texts, count) => AskAsync(client, texts, count)
                    );
                }

                return 0;
            case "redis":
                await using (var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}"))
                {
                    var server = redis.GetServer(IPAddress.Loopback, port);
                    await MeasureAsync(
                        "StackExchange.Redis",
                        callers,
                        requests,
                        (texts, count) => AskAsync(server, texts, count)
                    );
                }

                return 0;
            default:
                return 2;
        }
    }

    private static int Number(string[] words, int at, int unless) =>
        at < words.Length ? int.Parse(words[at], CultureInfo.InvariantCulture) : unless;

    private static async Task<TinyTcpClient> ConnectAsync(int port)
    {
        var connected = await TinyTcpClient.ConnectAsync("127.0.0.1", port);
        return connected.IfLeft(static error => throw new InvalidOperationException(error.Message));
    }

    private static async Task AskAsync(TinyTcpClient client, string[] texts, int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            var text = texts[request % texts.Length];
            var echo = await client.EchoAsync(text);
            Check(echo.IsRight && (string)echo == text, text);
        }
    }

    private static async Task AskAsync(IServer server, string[] texts, int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            var text = texts[request % texts.Length];
            Check(await server.EchoAsync(text) == text, text);
        }
    }

    private static void Check(bool isOwn, string text)
    {
        if (!isOwn)
        {
            throw new InvalidOperationException($"something else instead of '{text}'");
        }
    }

    private static async Task MeasureAsync(
        string name,
        int callers,
        int requests,
        Func<string[], int, Task> ask
    )
    {
        await AskAllAsync(callers, requests / 10, ask);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var since = Stopwatch.GetTimestamp();
        await AskAllAsync(callers, requests, ask);
        var took = Stopwatch.GetElapsedTime(since);
        var all = (double)callers * requests;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {all / took.TotalSeconds:F0} a second, {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / all:F2} µs of CPU and {(GC.GetTotalAllocatedBytes(precise: true) - allocated) / all:F0} bytes allocated a call"
            )
        );
    }

    private static Task AskAllAsync(int callers, int requests, Func<string[], int, Task> ask) =>
        Task.WhenAll(
            Enumerable.Range(0, callers).Select(caller => Task.Run(() => ask(TextsOf(caller), requests)))
        );

    private static string[] TextsOf(int caller) =>
        [.. Enumerable.Range(0, Texts).Select(text => $"caller {caller} text {text}")];
}
