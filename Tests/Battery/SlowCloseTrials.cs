using System.Collections.Immutable;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using TinyTcp.Tests.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>
/// Ends of conversations with clients that read at a steady speed and go on sending: every reply arrives, then the last word and
/// FIN, though most of it is still in the kernel's buffers when the server has sent all (S-3).
/// </summary>
internal static class SlowCloseTrials
{
    // Small, so that TCP, which acknowledges in steps of half of it, does so often enough for the write-timeout.
    private const int MinReceiveBuffer = 2 * 1_024;
    private const int MaxReceiveBuffer = 8 * 1_024;
    private const int ReadsPerSecond = 20;

    private static readonly string ShuttingDown = "ERROR SHUTTING_DOWN\n";

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new(
            "QUIT by slow readers that keep sending",
            [],
            static (server, scale) => Ended(server, scale, "QUIT\n", "BYE\n")
        ),
        new(
            "a goodbye to slow readers that keep sending",
            ["--max-errors", "1"],
            static (server, scale) =>
                Ended(server, scale, "nonsense\n", "ERROR UNKNOWN_COMMAND\nERROR TOO_MANY_ERRORS\n")
        ),
        new(
            "idle-timeout of slow readers",
            ["--idle-timeout", "2s"],
            static (server, scale) => Ended(server, scale, "", "ERROR IDLE_TIMEOUT\n")
        ),
        new("SIGTERM to slow readers that keep sending", ["--drain-timeout", "0"], Stopped)
        {
            RunsOnce = true,
        },
    ];

    private static async Task<string> Ended(ServerProcess server, Scale scale, string last, string replies)
    {
        var requests = Requests(scale);
        var results = await Task.WhenAll(
            Rates(scale).Select(rate => ReadSlowly(server, requests + last, rate, sendsMore: last.Length > 0))
        );
        Assert.All(
            results,
            received =>
                Assert.Equal(
                    new Received($"{Simulation.Greeting}{requests}{replies}", IsReset: false),
                    received
                )
        );
        return Report(scale, requests);
    }

    private static async Task<string> Stopped(ServerProcess server, Scale scale)
    {
        var requests = Requests(scale);
        var reading = Rates(scale)
            .Select(rate => ReadSlowly(server, requests, rate, sendsMore: true))
            .ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        server.RequestStop(PosixSignal.SIGTERM);
        Assert.All(
            await Task.WhenAll(reading),
            received =>
            {
                Assert.False(received.IsReset);
                Assert.EndsWith($"\n{ShuttingDown}", received.Text, StringComparison.Ordinal);
                var replies = received.Text[Simulation.Greeting.Length..^ShuttingDown.Length];
                Assert.StartsWith(
                    replies,
                    requests + Repeated("ECHO more\n", replies.Length),
                    StringComparison.Ordinal
                );
            }
        );
        Assert.Equal(0, await server.WaitForExit());
        return $"{Report(scale, requests)}; exit code 0";
    }

    /// <summary>Bytes per second.</summary>
    private static int[] Rates(Scale scale) =>
        scale.IsFull ? [1_000, 4_000, 10_000, 30_000, 100_000, 1_000_000] : [50_000, 200_000];

    private static string Requests(Scale scale) =>
        Repeated($"ECHO {new string('r', 994)}\n", scale.Choose(100, 120));

    private static string Repeated(string line, int count) => string.Concat(Enumerable.Repeat(line, count));

    private static string Report(Scale scale, string requests) =>
        $"{Rates(scale).Length} clients at {string.Join(", ", Rates(scale).Select(static rate => $"{rate / 1_000}"))} KB/s with receive buffers of 2 to 8 KiB received all of {requests.Length / 1_000} KB, the last reply and FIN";

    private static async Task<Received> ReadSlowly(
        ServerProcess server,
        string requests,
        int rate,
        bool sendsMore
    )
    {
        using var socket = await server.Connect(socket =>
            socket.ReceiveBufferSize = Math.Clamp(rate, MinReceiveBuffer, MaxReceiveBuffer)
        );
        var sending = socket.SendAll(Encoding.ASCII.GetBytes(requests));
        var text = new StringBuilder();
        var buffer = new byte[Math.Max(1, rate / ReadsPerSecond)];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1d / ReadsPerSecond));
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer)) > 0; )
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (sendsMore && sending.IsCompleted)
                {
                    sending = socket.SendAll("ECHO more\n"u8.ToArray());
                }

                await timer.WaitForNextTickAsync();
            }

            return new(text.ToString(), IsReset: false);
        }
        catch (SocketException)
        {
            return new(text.ToString(), IsReset: true);
        }
    }
}
