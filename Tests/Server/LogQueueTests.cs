using System.Net;
using Microsoft.Extensions.Logging;
using TinyTcp.Server;
using TinyTcp.Server.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Socketry;

namespace TinyTcp.Tests.Server;

/// <summary>A log that hangs or fails stalls nobody, and says afterwards how much it has missed.</summary>
public sealed class LogQueueTests
{
    private const int Dropped = 22;

    [Fact]
    public async Task A_log_that_hangs_stalls_no_reply()
    {
        using var log = new TroubledLog(static log => log.Released.Wait());
        await using var server = Started(log);

        // Each visit is worth two lines: more than the queue takes.
        for (var visit = 0; visit < LogQueue.Capacity; visit++)
        {
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Visit(server, "QUIT\n"));
        }

        Assert.Empty(log.Taken.Entries);
        log.Released.Set();
        await server.StopAsync();
        await server.DisposeAsync();

        // More than once where the stop's own lines found the queue still full.
        Assert.NotEqual(0, log.Taken.Count(Dropped));
    }

    [Fact]
    public async Task A_log_that_fails_harms_nobody()
    {
        using var log = new TroubledLog(static log => log.Fail());
        await using (var server = Started(log))
        {
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Visit(server, "QUIT\n"));
            log.Released.Set();
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Visit(server, "QUIT\n"));
            await server.StopAsync();
        }

        Assert.Equal(1, log.Taken.Count(Dropped));
    }

    [Fact]
    public async Task Lines_come_in_order_and_all_of_them_before_the_end()
    {
        var log = new CollectingLog();
        await using (var queue = new LogQueue(log, TimeProvider.System))
        {
            Enumerable.Range(0, LogQueue.Capacity).ToList().ForEach(number => queue.Stopped(number));
        }

        Assert.Equal(
            Enumerable
                .Range(0, LogQueue.Capacity)
                .Select(static number => $"Stopped after {number} connections"),
            log.Entries.Select(static entry => entry.Text)
        );
    }

    private static TinyServer Started(ILogger log) =>
        Some.Right(
            TinyServer.Start(
                new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0) },
                new VirtualTime(),
                log
            )
        );

    /// <summary>A log that is in some trouble with every line until it is released.</summary>
    private sealed class TroubledLog(Action<TroubledLog> trouble) : ILogger, IDisposable
    {
        internal ManualResetEventSlim Released { get; } = new();

        internal CollectingLog Taken { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            trouble(this);
            Taken.Log(logLevel, eventId, state, exception, formatter);
        }

        public void Dispose() => Released.Dispose();

        internal void Fail()
        {
            if (!Released.IsSet)
            {
                throw new IOException("The disk is full.");
            }
        }
    }
}
