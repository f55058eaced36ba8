using System.Net;
using Microsoft.Extensions.Logging;
using TinyTcp.Server;
using TinyTcp.Server.Logging;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Socketry;

namespace TinyTcp.Tests.Server;

/// <summary>A log that hangs or fails stalls nobody, and says afterwards how much it has missed.</summary>
public sealed class BackgroundLoggerTests
{
    private const int Dropped = 22;

    [Fact]
    public async Task A_log_that_hangs_stalls_no_reply()
    {
        using var released = new ManualResetEventSlim();
        var log = new CollectingLog(released.Wait);
        await using var server = Started(log);

        // Each visit is worth two lines: more than the queue takes.
        for (var visit = 0; visit < BackgroundLogger.Capacity; visit++)
        {
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Visit(server, "QUIT\n"));
        }

        Assert.Empty(log.Entries);
        released.Set();
        await server.StopAsync();
        await server.DisposeAsync();

        // More than once where the stop's own lines found the queue still full.
        Assert.NotEqual(0, log.Count(Dropped));
    }

    [Fact]
    public async Task A_log_that_fails_harms_nobody()
    {
        var isFull = true;
        var log = new CollectingLog(() => ThrowIf(isFull));
        await using (var server = Started(log))
        {
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Visit(server, "QUIT\n"));
            isFull = false;
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Visit(server, "QUIT\n"));
            await server.StopAsync();
        }

        Assert.Equal(1, log.Count(Dropped));
    }

    [Fact]
    public async Task Lines_come_in_order_and_all_of_them_before_the_end()
    {
        var log = new CollectingLog();
        await using (BackgroundLogger queue = new BackgroundLogger(log, TimeProvider.System))
        {
            Enumerable
                .Range(0, BackgroundLogger.Capacity)
                .ToList()
                .ForEach(number => queue.Stopped(number, aborted: 0));
        }

        Assert.Equal(
            Enumerable
                .Range(0, BackgroundLogger.Capacity)
                .Select(static number => $"Stopped after {number} connections, 0 of them aborted"),
            log.Entries.Select(static entry => entry.Text)
        );
    }

    private static void ThrowIf(bool isFull)
    {
        if (isFull)
        {
            throw new IOException("The disk is full.");
        }
    }

    private static TinyServer Started(ILogger log) =>
        Some.Right(
            TinyServer.Start(
                new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0) },
                new VirtualTime(),
                log
            )
        );
}
