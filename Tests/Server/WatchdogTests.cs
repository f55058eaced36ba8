using System.Net;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.EventLoops;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>The watchdog logs stuck loops and rejections, and return memory to the operating system.</summary>
public sealed class WatchdogTests
{
    private const int ServerFull = 23;
    private const int Stuck = 24;
    private const int NoLongerStuck = 25;
    private const int OutOfMemory = 26;
    private const int AddressFull = 27;

    private readonly CollectingLog log = new();
    private readonly ConnectionLimiter limiter = new(TestValues.With(Limits.Default, "max-connections", 300));
    private readonly SimulatedListener listener = new();
    private readonly FakeTimeProvider time = new();
    private int returnCount;

    [Fact]
    public void A_loop_that_is_stuck_in_an_iteration_is_logged_once_and_its_recovery_once()
    {
        var check = static () => { };
        using var loop = Create(
            (_, _) =>
            {
                check();
                return Option<IoError>.None;
            }
        );
        using var watchdog = Watch(loop);
        check = () => Check(times: 5);
        listener.Connect(new SimulatedPeer());
        loop.RunOnce();
        Assert.Equal(1, log.Count(Stuck));
        Assert.True(watchdog.IsAnyStuck);

        Check(times: 2);
        Assert.Equal((1, 1), (log.Count(Stuck), log.Count(NoLongerStuck)));
        Assert.False(watchdog.IsAnyStuck);
    }

    [Theory]
    [InlineData(1.1)]
    [InlineData(10)]
    public void A_loop_is_not_stuck_because_the_process_was_stopped(double seconds)
    {
        var during = static () => { };
        using var loop = Create(
            (_, _) =>
            {
                during();
                return Option<IoError>.None;
            }
        );
        using var watchdog = Watch(loop);
        during = () =>
        {
            during = static () => { };
            Check(times: 1);
            // All checks that are due happen afterwards, one right after the other.
            time.Advance(TimeSpan.FromSeconds(seconds));
        };
        listener.Connect(new SimulatedPeer());
        loop.RunOnce();
        Assert.Equal(0, log.Count(Stuck));
    }

    [Fact]
    public void A_loop_that_waits_is_not_stuck_however_long_it_waits()
    {
        using var loop = Create();
        using var watchdog = Watch(loop);
        loop.RunOnce();
        Check(times: 100);
        Assert.Equal(0, log.Count(Stuck));
    }

    [Fact]
    public void Rejections_are_logged_as_a_sum_every_ten_seconds()
    {
        using var loop = Create();
        using var watchdog = Watch(loop);
        Connect(300);
        loop.RunOnce();
        for (var second = 0; second < 20; second++)
        {
            Connect(50);
            loop.RunOnce();
            Check(times: 1);
        }

        Assert.Equal(
            [
                "Connections rejected: 50. max-connections (300) reached.",
                "Connections rejected: 500. max-connections (300) reached.",
            ],
            log.Entries.Where(static entry => entry.Id == ServerFull).Select(static entry => entry.Text)
        );
        Assert.Equal(0, log.Count(AddressFull));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    public void A_rejection_by_the_limit_per_address_is_logged_with_the_address(string peer, string logged)
    {
        var perAddress = new ConnectionLimiter(
            TestValues.With(Limits.Default, "max-connections-per-address", 2)
        );
        using var loop = Create();
        using var watchdog = new Watchdog([loop], perAddress, () => returnCount++, time, log);
        for (var connection = 0; connection < 5; connection++)
        {
            perAddress.TryAcquire(new IPEndPoint(IPAddress.Parse(peer), connection));
        }

        Check(times: 1);
        Assert.Equal(
            $"Connections rejected: 3. max-connections-per-address (2) reached, the last time by {logged}; 2 open in total.",
            log.Entries.Single().Text
        );
        Assert.Equal(0, log.Count(ServerFull));
    }

    [Fact]
    public void Connections_closed_for_lack_of_memory_are_logged_as_a_sum_every_ten_seconds()
    {
        using var loop = Create();
        using var watchdog = Watch(loop);
        for (var second = 0; second < 12; second++)
        {
            limiter.AddOutOfMemory();
            Check(times: 1);
        }

        Assert.Equal(
            ["Closed 1 connections", "Closed 10 connections"],
            log.Entries.Where(static entry => entry.Id == OutOfMemory)
                .Select(static entry => entry.Text.Split(':')[0])
        );
    }

    [Fact]
    public void Memory_is_returned_once_after_a_peak_of_pending_bytes()
    {
        using var loop = Create();
        using var watchdog = Watch(loop);
        var peers = Connect(300);
        peers.ForEach(static peer => peer.Send(new byte[8_000]));
        AcceptAndReceive(loop);
        Check(times: 20);
        Assert.Equal(0, returnCount);

        peers.ForEach(static peer => peer.Finish());
        AcceptAndReceive(loop);
        Check(times: 40);
        Assert.Equal(1, returnCount);
    }

    [Fact]
    public void Memory_is_not_returned_after_many_unfinished_lines_of_which_one_at_a_time_is_pending()
    {
        using var loop = Create();
        using var watchdog = Watch(loop);
        var peer = Connect(1)[0];
        for (var line = 0; line < 300; line++)
        {
            peer.Send(WireBytes.Bytes($"ECHO {new string('x', 8_000)}"));
            AcceptAndReceive(loop);
            peer.Send("\n"u8);
            AcceptAndReceive(loop);
        }

        Check(times: 20);
        Assert.Equal(0, returnCount);
    }

    private void Check(int times)
    {
        for (var count = 0; count < times; count++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private static void AcceptAndReceive(EventLoop<SimulatedSystem> loop)
    {
        // The first iteration accepts, the second receives.
        loop.RunOnce();
        loop.RunOnce();
    }

    private List<SimulatedPeer> Connect(int count)
    {
        var peers = Enumerable.Range(0, count).Select(static _ => new SimulatedPeer()).ToList();
        peers.ForEach(listener.Connect);
        return peers;
    }

    private EventLoop<SimulatedSystem> Create(Func<SimulatedCall, int, Option<IoError>>? errors = null)
    {
        var system = new SimulatedSystem(0, listener) { Errors = errors ?? (static (_, _) => default) };
        var assigned = new AssignedConnections(system.Wake);
        return new EventLoop<SimulatedSystem>(
            system,
            Limits.Default,
            limiter,
            assigned,
            [assigned],
            system.Time,
            log
        );
    }

    private Watchdog Watch(EventLoop<SimulatedSystem> loop) =>
        new([loop], limiter, () => returnCount++, time, log);
}
