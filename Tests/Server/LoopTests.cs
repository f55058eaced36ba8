using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>The event loop between peers and sessions, without errors.</summary>
public sealed class LoopTests
{
    private static string Time => "TIME 2025-09-12T17:24:13-05:00\n";

    [Fact]
    public void A_connection_gets_the_greeting_its_replies_and_FIN()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("TIME\necho hi\nQUIT\nTIME\n");

        Assert.Equal($"{Greeting}{Time}ECHO hi\nBYE\n", ReceivedBy(peer));
        Assert.True(peer.SawFin);
        Assert.False(peer.SawReset);
    }

    [Fact]
    public void A_connection_is_closed_and_no_longer_counted_once_both_sides_have_finished()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("QUIT\n");
        Assert.Equal(1, simulation.Limiter.Count);

        simulation.Finish(peer);
        Assert.True(peer.IsClosed);
        Assert.Equal(0, simulation.System.OpenConnections);
        Assert.Equal(0, simulation.Limiter.Count);
    }

    [Fact]
    public void A_half_closed_connection_still_gets_every_reply()
    {
        using var simulation = new Simulation();
        var peer = new SimulatedPeer();
        peer.Send("TIME\nECHO a\nECHO b\n"u8);
        peer.Finish();
        simulation.System.Connect(peer);
        simulation.RunUntilIdle();

        Assert.Equal($"{Greeting}{Time}ECHO a\nECHO b\n", ReceivedBy(peer));
        Assert.True(peer.SawFin && peer.IsClosed && !peer.SawReset);
    }

    /// <summary>F-6.</summary>
    [Fact]
    public void A_FIN_in_the_middle_of_a_line_is_answered_with_an_error()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("TIME\nQUI");
        simulation.Finish(peer);
        Assert.Equal($"{Greeting}{Time}{WireBytes.Line(ErrorCode.UnterminatedLine)}", ReceivedBy(peer));
        Assert.True(peer.SawFin && peer.IsClosed && !peer.SawReset);
    }

    [Fact]
    public void A_line_in_two_segments_is_answered_when_its_end_is_received()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("ECHO ab");
        Assert.Equal(Greeting, ReceivedBy(peer));

        simulation.Send(peer, "cd\nECHO x");
        Assert.Equal($"{Greeting}ECHO abcd\n", ReceivedBy(peer));
    }

    [Fact]
    public void Ten_thousand_pipelined_requests_are_answered_in_order()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Range(0, 10_000).Select(static n => $"ECHO {n}\n"));
        Assert.Equal(Greeting + requests, ReceivedBy(simulation.Connect(requests)));
    }

    [Fact]
    public void Connections_get_only_their_own_replies()
    {
        using var simulation = new Simulation();
        var peers = Enumerable.Range(0, 500).Select(n => simulation.Connect($"ECHO {n}\nECHO ")).ToList();
        peers.ForEach(peer => peer.Send("end\n"u8));
        simulation.RunUntilIdle();

        Assert.All(peers, (peer, n) => Assert.Equal($"{Greeting}ECHO {n}\nECHO end\n", ReceivedBy(peer)));
    }

    [Fact]
    public void A_peer_that_does_not_read_is_not_read_from_and_loses_nothing()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Range(0, 20_000).Select(static n => $"ECHO number {n}\n"));
        var peer = simulation.Connect(
            requests,
            new SimulatedPeer { ReceiveWindow = 1_000, ReadsAtOnce = false }
        );
        Assert.NotEmpty(peer.Sent);

        for (var read = 0; read < requests.Length * 2; read += 700)
        {
            peer.Read(limit: 700);
            simulation.RunUntilIdle();
        }

        Assert.Equal(Greeting + requests, ReceivedBy(peer));
    }

    [Fact]
    public void The_last_reply_arrives_though_the_peer_goes_on_sending()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("QUIT\n" + new string('x', 5_000));
        simulation.Send(peer, "ECHO more\n");
        simulation.Finish(peer);

        Assert.Equal($"{Greeting}BYE\n", ReceivedBy(peer));
        Assert.True(peer.SawFin && peer.IsClosed && !peer.SawReset);
    }

    [Fact]
    public void A_peer_that_sends_no_FIN_is_closed_after_a_second()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("QUIT\n");
        simulation.Advance(Session.LingerTime - TimeSpan.FromMilliseconds(1));
        Assert.False(peer.IsClosed);

        simulation.Advance(MaxLinger - Session.LingerTime + TimeSpan.FromMilliseconds(1));
        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void The_last_reply_arrives_however_much_the_peer_has_sent_after_the_request()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("QUIT\n" + new string('x', 5_000_000));
        simulation.Finish(peer);
        Assert.Equal($"{Greeting}BYE\n", ReceivedBy(peer));
        Assert.True(peer.IsClosed && !peer.SawReset);
    }

    [Fact]
    public void A_peer_that_sends_without_end_after_the_last_reply_is_closed_after_a_second()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("QUIT\n");
        for (var passed = 0; passed < 10; passed++)
        {
            Assert.False(peer.IsClosed);
            simulation.Send(peer, new string('x', 100)).Advance(Session.LingerTime / 10);
        }

        simulation.Advance(MaxLinger - Session.LingerTime);
        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void A_peer_that_sends_too_much_after_the_last_reply_is_closed_before_the_second_is_over()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect("QUIT\n");
        var block = new string('x', 1024 * 1024);
        for (var sent = 0L; sent < Session.LingerBytes; sent += block.Length)
        {
            Assert.False(peer.IsClosed);
            simulation.Send(peer, block);
        }

        simulation.Send(peer, "x");
        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void A_last_reply_that_the_peer_does_not_read_is_discarded_at_the_write_timeout()
    {
        using var simulation = new Simulation();
        var window = Greeting.Length + 1;
        var peer = simulation.Connect(
            "QUIT\n",
            new SimulatedPeer { ReceiveWindow = window, ReadsAtOnce = false }
        );
        simulation.Advance(Limits.Default.WriteTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(peer.IsClosed);

        simulation.Advance(MaxWrite - Limits.Default.WriteTimeout + TimeSpan.FromMilliseconds(1));
        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void A_last_reply_that_the_peer_reads_slowly_arrives()
    {
        using var simulation = new Simulation();
        var peer = simulation.Connect(
            "HELP\nQUIT\n",
            new SimulatedPeer { ReceiveWindow = 10, ReadsAtOnce = false }
        );
        for (var read = 0; read < 20; read++)
        {
            peer.Read();
            simulation.Advance(Limits.Default.WriteTimeout - TimeSpan.FromMilliseconds(1));
        }

        peer.Read();
        Assert.EndsWith("BYE\n", ReceivedBy(peer), StringComparison.Ordinal);
        Assert.True(peer.SawFin);
    }

    [Law]
    public bool Replies_do_not_depend_on_how_the_network_splits_bytes(Conversation conversation, int seed) =>
        Replies(conversation, seed, splitsBytes: true) == Replies(conversation, seed: 0, splitsBytes: false);

    [Law]
    public bool The_same_seed_gives_the_same_trace(Conversation conversation, int seed) =>
        Trace(conversation, seed).SequenceEqual(Trace(conversation, seed), StringComparer.Ordinal);

    private static string Replies(Conversation conversation, int seed, bool splitsBytes)
    {
        using var simulation = new Simulation(TestValues.SmallLimits, seed, splitsBytes);
        return ReceivedBy(RunToEnd(simulation, conversation));
    }

    private static IReadOnlyList<string> Trace(Conversation conversation, int seed)
    {
        using var simulation = new Simulation(TestValues.SmallLimits, seed, splitsBytes: true);
        RunToEnd(simulation, conversation);
        return simulation.System.Trace;
    }

    private static SimulatedPeer RunToEnd(Simulation simulation, Conversation conversation)
    {
        var peer = new SimulatedPeer();
        peer.Send(conversation.Bytes.Span);
        peer.Finish();
        simulation.System.Connect(peer);
        simulation.RunUntilIdle();
        return peer;
    }
}
