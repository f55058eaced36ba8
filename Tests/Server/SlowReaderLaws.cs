using FsCheck.Xunit;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>
/// A client that reads at any steady speed, through any buffers, and continues to send, gets every reply, the last one and FIN
/// (S-3, S-9, S-12). It acknowledges something within each write-timeout.
/// </summary>
[Properties(Arbitrary = [typeof(SlowReader)])]
public sealed class SlowReaderLaws
{
    private const int MaxErrors = 3;
    private const int MaxSteps = 100_000;

    private static readonly TimeSpan Write = TimeSpan.FromMilliseconds(400);

    private static readonly Limits Short = TestValues.With(
        TestValues.With(
            TestValues.With(Limits.Default, "write-timeout", (long)Write.TotalMilliseconds),
            "max-unread-output",
            1_024
        ),
        "max-errors",
        MaxErrors
    );

    [Law]
    public void A_QUIT_is_answered_to_a_reader_of_any_speed(SlowReader reader) =>
        AssertServed(Short, reader, "QUIT\n", "BYE\n", sendsMore: true);

    [Law]
    public void TOO_MANY_ERRORS_reaches_a_reader_of_any_speed(SlowReader reader)
    {
        var errors = Enumerable.Repeat(ErrorCode.UnknownCommand, MaxErrors).Append(ErrorCode.TooManyErrors);
        AssertServed(
            Short,
            reader,
            string.Concat(Enumerable.Repeat("unknown\n", MaxErrors)),
            string.Concat(errors.Select(WireBytes.Line)),
            sendsMore: true
        );
    }

    [Law]
    public void IDLE_TIMEOUT_reaches_a_reader_of_any_speed(SlowReader reader) =>
        AssertServed(
            TestValues.With(Short, "idle-timeout", 300),
            reader,
            "",
            WireBytes.Line(ErrorCode.IdleTimeout),
            sendsMore: false
        );

    [Law]
    public void SHUTTING_DOWN_reaches_a_reader_of_any_speed(SlowReader reader)
    {
        using var simulation = new Simulation(Short);
        var peer = simulation.Connect(reader.Requests, reader.CreatePeer());
        simulation.RequestStop(TimeSpan.Zero);
        ReadToEnd(simulation, reader, peer, sendsMore: true);

        var received = Simulation.ReceivedBy(peer);
        var shuttingDown = WireBytes.Line(ErrorCode.ShuttingDown);
        Assert.EndsWith(shuttingDown, received, StringComparison.Ordinal);
        var replies = received[..^shuttingDown.Length];
        var more = string.Concat(Enumerable.Repeat(SlowReader.More, replies.Length));
        Assert.StartsWith(replies, Simulation.Greeting + reader.Requests + more, StringComparison.Ordinal);
        Assert.True(replies.EndsWith('\n'));
        AssertClosed(simulation, peer);
    }

    private static void AssertServed(
        Limits limits,
        SlowReader reader,
        string last,
        string replies,
        bool sendsMore
    )
    {
        using var simulation = new Simulation(limits);
        var peer = simulation.Connect(reader.Requests + last, reader.CreatePeer());
        ReadToEnd(simulation, reader, peer, sendsMore);
        Assert.Equal(Simulation.Greeting + reader.Requests + replies, Simulation.ReceivedBy(peer));
        AssertClosed(simulation, peer);
    }

    private static void ReadToEnd(
        Simulation simulation,
        SlowReader reader,
        SimulatedPeer peer,
        bool sendsMore
    )
    {
        for (var step = 0; !peer.SawReset && (!peer.SawFin || peer.UnreadBytes > 0); step++)
        {
            Assert.True(step < MaxSteps, "The conversation does not end.");
            simulation.Advance(reader.Interval * Write);
            peer.Read(reader.BytesPerRead);
            if (sendsMore && !peer.SawFin)
            {
                peer.Send(WireBytes.Bytes(SlowReader.More));
            }
        }
    }

    private static void AssertClosed(Simulation simulation, SimulatedPeer peer)
    {
        Assert.True(peer.SawFin && !peer.SawReset);
        peer.Finish();
        simulation.RunUntilIdle();
        Assert.Equal((0, 0L), (simulation.Limiter.Count, simulation.Limiter.Aborted));
    }
}
