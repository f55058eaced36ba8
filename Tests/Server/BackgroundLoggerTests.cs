using System.Net;
using Microsoft.Extensions.Logging;
using TinyTcp.Server;
using TinyTcp.Server.Logging;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Support.Loopback;

namespace TinyTcp.Tests.Server;

/// <summary>A log that hangs or throws delays no reply. The number of dropped messages is logged afterwards.</summary>
public sealed class BackgroundLoggerTests
{
    private const int Dropped = 22;

    [Fact]
    public async Task A_log_that_hangs_stalls_no_reply()
    {
        using var released = new ManualResetEventSlim();
        var log = new CollectingLog(released.Wait);
        await using var server = StartWith(log);

        // Each connection logs two messages: together more than the capacity of the queue.
        for (var connection = 0; connection < BackgroundLogger.Capacity; connection++)
        {
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Exchange(server, "QUIT\n"));
        }

        Assert.Empty(log.Entries);
        released.Set();
        await server.StopAsync();
        await server.DisposeAsync();

        // More than once if the queue was still full when the stop was logged.
        Assert.NotEqual(0, log.Count(Dropped));
    }

    [Fact]
    public async Task A_log_that_throws_affects_no_reply()
    {
        var isFull = true;
        var log = new CollectingLog(() => ThrowIf(isFull));
        await using (var server = StartWith(log))
        {
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Exchange(server, "QUIT\n"));
            isFull = false;
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Exchange(server, "QUIT\n"));
            await server.StopAsync();
        }

        Assert.Equal(1, log.Count(Dropped));
    }

    [Fact]
    public async Task Messages_are_written_in_order_and_all_of_them_before_the_disposal_ends()
    {
        var log = new CollectingLog();
        await using (BackgroundLogger logger = new BackgroundLogger(log, TimeProvider.System))
        {
            Enumerable
                .Range(0, BackgroundLogger.Capacity)
                .ToList()
                .ForEach(number => logger.Stopped(number, aborted: 0));
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

    private static TinyServer StartWith(ILogger log) =>
        TestValues.Right(
            TinyServer.Start(
                new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0) },
                new VirtualTime(),
                log
            )
        );
}
