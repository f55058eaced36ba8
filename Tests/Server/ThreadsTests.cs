using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Support.Loopback;

namespace TinyTcp.Tests.Server;

/// <summary>Several loops on one listener, over real sockets.</summary>
public sealed class ThreadsTests
{
    public static TheoryData<string> Systems => Loopback.Systems;

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_thousand_connections_at_once_are_spread_evenly(string system)
    {
        var count = Math.Min(1_000, TinyTcp.Tests.Support.Descriptors.Available / 2) & ~1;
        await using var server = Start(system, threads: 2);
        using var clients = await ConnectedClients.Connect(server, count);

        Assert.Equal(count, server.Limiter.Count);
        Assert.All(server.Assigned, loop => Assert.Equal(count / 2, loop.Count));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_few_connections_are_spread_evenly(string system)
    {
        await using var server = Start(system, threads: 4);
        using var clients = await ConnectedClients.Connect(server, 8);
        Assert.All(server.Assigned, static loop => Assert.Equal(2, loop.Count));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Every_connection_of_many_short_ones_is_served(string system)
    {
        await using var server = Start(system, threads: 3);
        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(async client =>
                {
                    for (var connection = 0; connection < 40; connection++)
                    {
                        var received = await Exchange(server, $"ECHO {client} {connection}\nQUIT\n");
                        Assert.Equal($"{Simulation.Greeting}ECHO {client} {connection}\nBYE\n", received);
                    }
                })
        );
        Assert.Equal(30 * 40, server.Limiter.Served);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_stop_ends_all_threads_and_counts_all_connections(string system)
    {
        var log = new CollectingLog();
        var time = new VirtualTime();
        await using var server = Start(system, log: log, threads: 3, time: time);
        using var clients = await ConnectedClients.Connect(server, 30);

        time.MoveTo(Session.ShutdownQuietPeriod + Session.MaxShutdownDelay);
        var stopping = server.StopAsync();
        var replies = await Task.WhenAll(clients.Sockets.Select(static socket => socket.ReadToEnd()));
        clients.Dispose();
        await stopping;

        Assert.All(replies, static reply => Assert.Equal(WireBytes.Line(ErrorCode.ShuttingDown), reply));
        Assert.Equal(0, server.Limiter.Count);
        Assert.Equal("Stopped after 30 connections, 0 of them aborted", await log.First(4));
        var serials = log
            .Entries.Where(static entry => entry.Id == 10)
            .Select(static entry => entry.Text.Split(' ')[1]);
        Assert.Equal(30, serials.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task The_limit_holds_for_all_threads_together(string system)
    {
        await using var server = Start(
            system,
            TestValues.With(Limits.Default, "max-connections", 3),
            threads: 3
        );
        using var clients = await ConnectedClients.Connect(server, 3);
        Assert.Equal(WireBytes.Line(ErrorCode.ServerBusy), await Exchange(server, ""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public async Task The_server_runs_the_given_number_of_threads_or_one_per_core(int threads)
    {
        var log = new CollectingLog();
        await using var server = Start(Portable, log: log, threads: threads);
        var expected = threads == 0 ? Environment.ProcessorCount : threads;
        Assert.Equal(expected, server.Assigned.Length);
        Assert.EndsWith($", threads: {expected}", await log.First(1), StringComparison.Ordinal);
    }
}
