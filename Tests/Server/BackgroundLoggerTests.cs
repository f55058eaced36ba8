using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
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

    [Fact]
    public async Task A_log_whose_IsEnabled_throws_affects_no_reply_and_no_timer()
    {
        var time = new FakeTimeProvider();
        var log = new CollectingLog(static () => { }, static _ => throw new IOException("for the test"));
        await using var server = StartWith(log, time, maxConnections: 1);
        using var first = await Connect(server);
        Assert.Equal(Simulation.Greeting, await first.Read(Simulation.Greeting.Length));
        Assert.Equal(WireBytes.Line(ErrorCode.ServerBusy), await Exchange(server, ""));
        time.Advance(TimeSpan.FromSeconds(1));
        await first.Send("QUIT\n");
        first.Shutdown(SocketShutdown.Send);
        Assert.Equal("BYE\n", await first.ReadToEnd());
        await server.StopAsync();
        Assert.Empty(log.Entries);
    }

    [Fact]
    public async Task A_log_whose_IsEnabled_hangs_stalls_no_reply()
    {
        using var released = new ManualResetEventSlim();
        var log = new CollectingLog(
            static () => { },
            _ =>
            {
                released.Wait();
                return true;
            }
        );
        await using var server = StartWith(log);
        Assert.Equal($"{Simulation.Greeting}BYE\n", await Exchange(server, "QUIT\n"));
        released.Set();
        await server.StopAsync();
    }

    [Fact]
    public async Task A_change_of_the_enabled_levels_is_noticed_with_the_next_message()
    {
        var minimum = LogLevel.Warning;
        var log = new CollectingLog(static () => { }, level => level >= minimum);
        await using BackgroundLogger logger = new BackgroundLogger(log, TimeProvider.System);
        logger.Lowered("a limit", 2, 1);
        await log.First(6);
        Assert.Equal(
            (false, true),
            (logger.IsEnabled(LogLevel.Information), logger.IsEnabled(LogLevel.Warning))
        );

        minimum = LogLevel.Error;
        logger.LoopFailed(new IOException("for the test"));
        await log.First(30);
        Assert.Equal((false, true), (logger.IsEnabled(LogLevel.Warning), logger.IsEnabled(LogLevel.Error)));
    }

    private static void ThrowIf(bool isFull)
    {
        if (isFull)
        {
            throw new IOException("The disk is full.");
        }
    }

    private static TinyServer StartWith(ILogger log, TimeProvider? time = null, int maxConnections = 0) =>
        TestValues.Right(
            TinyServer.Start(
                new ServerOptions
                {
                    EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
                    Limits = TestValues.With(Limits.Default, "max-connections", maxConnections),
                },
                time ?? new VirtualTime(),
                log
            )
        );
}
