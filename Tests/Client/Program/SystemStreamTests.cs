using LanguageExt;
using TinyTcp.Cli.Asking;
using TinyTcp.Client;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>A connection of a system's as a stream that waits where it reads and writes, in memory and virtual time.</summary>
public class SystemStreamTests
{
    private static readonly System.Net.IPEndPoint Anywhere = new(System.Net.IPAddress.Loopback, 40000);

    [Law]
    public void Bytes_come_as_they_were_sent_however_the_network_cuts_them(
        AnyBytes there,
        AnyBytes back,
        int seed,
        byte room
    )
    {
        var peer = new SimulatedPeer();
        using var stream = To(peer, seed, out _);
        stream.Write(there.Bytes.Span);
        peer.Send(back.Bytes.Span);
        peer.Finish();

        var read = new List<byte>();
        var buffer = new byte[1 + room];
        while (stream.Read(buffer) is > 0 and var length)
        {
            read.AddRange(buffer[..length]);
        }

        Assert.Equal(there.Bytes.ToArray(), peer.Received.ToArray());
        Assert.Equal(back.Bytes.ToArray(), read);
        Assert.Equal(0, stream.Read(buffer));
    }

    [Fact]
    public void A_read_waits_as_long_as_it_may_from_when_that_was_said()
    {
        var peer = new SimulatedPeer();
        using var stream = To(peer, seed: 0, out var system);
        stream.ReadTimeout = 1_000;
        system.Time.MoveTo(TimeSpan.FromSeconds(0.6));
        peer.Send("x"u8);
        Assert.Equal('x', stream.ReadByte());

        Assert.True(Broken.IsLate(Assert.Throws<IOException>(() => stream.ReadByte())));
        Assert.Equal(TimeSpan.FromSeconds(1), system.Time.Monotonic);
    }

    [Fact]
    public void So_does_a_write_that_finds_no_room_and_what_it_then_sends_is_the_rest()
    {
        var peer = new SimulatedPeer { ReceiveWindow = 3, ReadsAtOnce = false };
        using var stream = To(peer, seed: 0, out var system);
        stream.WriteTimeout = 1_000;

        Assert.True(Broken.IsLate(Assert.Throws<IOException>(() => stream.Write("ECHO"u8))));
        Assert.Equal(TimeSpan.FromSeconds(1), system.Time.Monotonic);
        peer.Read();
        Assert.Equal("ECH", WireBytes.Characters(peer.Received));
    }

    [Fact]
    public void A_loss_is_told_in_the_systems_words_and_is_not_late()
    {
        var peer = new SimulatedPeer();
        using var stream = To(peer, seed: 0, out _);
        peer.Reset();

        foreach (
            var use in new Action[]
            {
                () => stream.ReadByte(),
                () => stream.Write("x"u8),
                () => stream.ReadByte(),
            }
        )
        {
            var lost = Assert.Throws<IOException>(use);
            Assert.Equal(("reset by the peer", false), (lost.Message, Broken.IsLate(lost)));
        }
    }

    [Fact]
    public void It_gives_everything_back_once()
    {
        var peer = new SimulatedPeer();
        var stream = To(peer, seed: 0, out var system);
        stream.Dispose();
        stream.Dispose();
        Assert.True(peer.IsClosed);
        Assert.Single(system.Trace, "disposed");
    }

    [Fact]
    public void A_wait_can_be_given_up_from_another_thread()
    {
        using var giveUp = new CancellationTokenSource();
        using var stream = To(new SimulatedPeer(), seed: 0, out var system, giveUp.Token);
        giveUp.Cancel();
        Assert.True(system.HasEvents);
        Assert.Throws<OperationCanceledException>(() => stream.ReadByte());
        Assert.Equal(TimeSpan.Zero, system.Time.Monotonic);
    }

    private static SystemStream To(
        SimulatedPeer peer,
        int seed,
        out SimulatedSystem system,
        CancellationToken cancellationToken = default
    )
    {
        system = new SimulatedSystem(seed, new SimulatedListener())
        {
            SplitsBytes = true,
            Horizon = TimeSpan.MaxValue,
            PeerAt = _ => peer,
        };
        var stream = new SystemStream(
            system,
            TestValues.Right(system.Connect(Anywhere)),
            system.Time,
            cancellationToken
        );
        Assert.True(stream.TryConnect(Timeout.InfiniteTimeSpan, out var error));
        Assert.Equal(Option<IoError>.None, error);
        return stream;
    }
}
