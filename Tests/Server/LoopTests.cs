using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Simulation;

namespace TinyTcp.Tests.Server;

/// <summary>What a server does that never meets a fault: the loop between peers and sessions.</summary>
public sealed class LoopTests
{
    private static string Time => "TIME 2025-09-12T17:24:13-05:00\n";

    [Fact]
    public void A_visit_gets_its_greeting_its_replies_and_a_clean_end()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("TIME\necho hi\nQUIT\nTIME\n");

        Assert.Equal($"{Greeting}{Time}ECHO hi\nBYE\n", Said(peer));
        Assert.True(peer.SawFin);
        Assert.False(peer.SawReset);
    }

    [Fact]
    public void A_connection_and_its_place_are_given_back_once_both_sides_have_finished()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("QUIT\n");
        Assert.Equal(1, simulation.Admission.Count);

        simulation.Finish(peer);
        Assert.True(peer.IsClosed);
        Assert.Equal(0, simulation.System.OpenConnections);
        Assert.Equal(0, simulation.Admission.Count);
    }

    [Fact]
    public void A_half_closed_connection_still_gets_every_reply()
    {
        using var simulation = new Simulation();
        var peer = new SimulatedPeer();
        peer.Send("TIME\nECHO a\nECHO b\n"u8);
        peer.Finish();
        simulation.System.Connect(peer);
        simulation.Settle();

        Assert.Equal($"{Greeting}{Time}ECHO a\nECHO b\n", Said(peer));
        Assert.True(peer.SawFin && peer.IsClosed && !peer.SawReset);
    }

    /// <summary>F-6.</summary>
    [Fact]
    public void Who_finishes_in_the_middle_of_a_line_is_told_so()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("TIME\nQUI");
        simulation.Finish(peer);
        Assert.Equal($"{Greeting}{Time}{WireBytes.Line(ErrorCode.UnterminatedLine)}", Said(peer));
        Assert.True(peer.SawFin && peer.IsClosed && !peer.SawReset);
    }

    [Fact]
    public void A_line_cut_in_two_is_answered_once_its_end_comes()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("ECHO ab");
        Assert.Equal(Greeting, Said(peer));

        simulation.Send(peer, "cd\nECHO x");
        Assert.Equal($"{Greeting}ECHO abcd\n", Said(peer));
    }

    [Fact]
    public void Ten_thousand_pipelined_requests_are_answered_in_order()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Range(0, 10_000).Select(static n => $"ECHO {n}\n"));
        Assert.Equal(Greeting + requests, Said(simulation.Visit(requests)));
    }

    [Fact]
    public void Connections_do_not_hear_each_other()
    {
        using var simulation = new Simulation();
        var peers = Enumerable.Range(0, 500).Select(n => simulation.Visit($"ECHO {n}\nECHO ")).ToList();
        peers.ForEach(peer => peer.Send("end\n"u8));
        simulation.Settle();

        Assert.All(peers, (peer, n) => Assert.Equal($"{Greeting}ECHO {n}\nECHO end\n", Said(peer)));
    }

    [Fact]
    public void A_peer_that_does_not_read_is_not_read_from_and_loses_nothing()
    {
        using var simulation = new Simulation();
        var requests = string.Concat(Enumerable.Range(0, 20_000).Select(static n => $"ECHO number {n}\n"));
        var peer = simulation.Visit(
            requests,
            new SimulatedPeer { ReceiveWindow = 1_000, ReadsAtOnce = false }
        );
        Assert.NotEmpty(peer.Sent);

        for (var read = 0; read < requests.Length * 2; read += 700)
        {
            peer.Read(limit: 700);
            simulation.Settle();
        }

        Assert.Equal(Greeting + requests, Said(peer));
    }

    [Fact]
    public void What_is_said_last_arrives_though_the_peer_goes_on_sending()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("QUIT\n" + new string('x', 5_000));
        simulation.Send(peer, "ECHO more\n");
        simulation.Finish(peer);

        Assert.Equal($"{Greeting}BYE\n", Said(peer));
        Assert.True(peer.SawFin && peer.IsClosed && !peer.SawReset);
    }

    [Fact]
    public void A_peer_that_never_says_fin_is_given_a_second_and_no_more()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("QUIT\n");
        simulation.Pass(Session.LingerTime - TimeSpan.FromMilliseconds(1));
        Assert.False(peer.IsClosed);

        simulation.Pass(TimeSpan.FromMilliseconds(1));
        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void What_is_said_last_arrives_however_much_the_peer_has_sent_after_it()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("QUIT\n" + new string('x', 5_000_000));
        simulation.Finish(peer);
        Assert.Equal($"{Greeting}BYE\n", Said(peer));
        Assert.True(peer.IsClosed && !peer.SawReset);
    }

    [Fact]
    public void A_peer_that_sends_without_end_after_the_goodbye_is_cut_after_a_second()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("QUIT\n");
        for (var passed = 0; passed < 10; passed++)
        {
            Assert.False(peer.IsClosed);
            simulation.Send(peer, new string('x', 100)).Pass(Session.LingerTime / 10);
        }

        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void A_peer_that_sends_too_much_after_the_goodbye_is_cut_before_the_second_is_over()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit("QUIT\n");
        var piece = new string('x', 1024 * 1024);
        for (var sent = 0L; sent < Session.LingerBytes; sent += piece.Length)
        {
            Assert.False(peer.IsClosed);
            simulation.Send(peer, piece);
        }

        simulation.Send(peer, "x");
        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void Last_words_that_nobody_takes_are_given_up()
    {
        using var simulation = new Simulation();
        var window = Greeting.Length + 1;
        var peer = simulation.Visit(
            "QUIT\n",
            new SimulatedPeer { ReceiveWindow = window, ReadsAtOnce = false }
        );
        simulation.Pass(Limits.Default.WriteTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(peer.IsClosed);

        simulation.Pass(TimeSpan.FromMilliseconds(1));
        Assert.True(peer.IsClosed);
    }

    [Fact]
    public void Last_words_that_are_taken_slowly_arrive()
    {
        using var simulation = new Simulation();
        var peer = simulation.Visit(
            "HELP\nQUIT\n",
            new SimulatedPeer { ReceiveWindow = 10, ReadsAtOnce = false }
        );
        for (var turn = 0; turn < 20; turn++)
        {
            peer.Read();
            simulation.Pass(Limits.Default.WriteTimeout - TimeSpan.FromMilliseconds(1));
        }

        peer.Read();
        Assert.EndsWith("BYE\n", Said(peer), StringComparison.Ordinal);
        Assert.True(peer.SawFin);
    }

    [Law]
    public bool However_the_network_cuts_bytes_the_same_is_said(Conversation conversation, int seed) =>
        Play(conversation, seed, cutsBytes: true) == Play(conversation, seed: 0, cutsBytes: false);

    [Law]
    public bool The_same_seed_gives_the_same_trace(Conversation conversation, int seed) =>
        Trace(conversation, seed).SequenceEqual(Trace(conversation, seed), StringComparer.Ordinal);

    private static string Play(Conversation conversation, int seed, bool cutsBytes)
    {
        using var simulation = new Simulation(Some.SmallLimits, seed, cutsBytes);
        return Said(Finished(simulation, conversation));
    }

    private static IReadOnlyList<string> Trace(Conversation conversation, int seed)
    {
        using var simulation = new Simulation(Some.SmallLimits, seed, cutsBytes: true);
        Finished(simulation, conversation);
        return simulation.System.Trace;
    }

    private static SimulatedPeer Finished(Simulation simulation, Conversation conversation)
    {
        var peer = new SimulatedPeer();
        peer.Send(conversation.Bytes.Span);
        peer.Finish();
        simulation.System.Connect(peer);
        simulation.Settle();
        return peer;
    }
}
