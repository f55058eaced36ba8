using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Cli.Asking;
using TinyTcp.Client;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>From a target to a stream on the caller's own thread, or to a clear reason why there is none.</summary>
public class BlockingDialerTests
{
    private static readonly Target Plain = TestValues.Right(Target.From("127.0.0.1:40000"));
    private static readonly Target Secure = TestValues.Right(Target.From("tls://127.0.0.1:40000"));
    private static readonly ClientError.TimedOut Late = new(
        Awaited.Connection,
        ClientOptions.Default.ConnectTimeout
    );

    private static readonly IoError Refused = new(
        IoErrorKind.ConnectionLost,
        111,
        "refused",
        SocketError.ConnectionRefused
    );

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_port_on_which_nothing_listens(int failing)
    {
        var system = System(fails: (call, number) => call == SimulatedCall.Connect && number == failing);
        Assert.Equal(
            new ClientError.NotConnected(Plain, SocketError.ConnectionRefused),
            TestValues.Left(Dialer(Plain, system).Dial())
        );
        AssertGivenBack(system);
    }

    [Fact]
    public void A_connection_whose_two_ends_are_one_is_refused()
    {
        var system = System(new SimulatedPeer { IsSelf = true });
        Assert.Equal(new ClientError.ConnectedToSelf(Plain), TestValues.Left(Dialer(Plain, system).Dial()));
        AssertGivenBack(system);
    }

    [Fact]
    public void Where_there_are_no_descriptors_there_is_no_connection() =>
        Assert.Equal(
            new ClientError.NotConnected(Plain, SocketError.TooManyOpenSockets),
            TestValues.Left(
                new BlockingDialer(
                    Plain,
                    ClientOptions.Default,
                    static () =>
                        new IoError(
                            IoErrorKind.Exhausted,
                            24,
                            "for the test",
                            SocketError.TooManyOpenSockets
                        ),
                    CancellationToken.None
                ).Dial()
            )
        );

    [Fact]
    public void What_does_not_connect_in_time_is_given_up()
    {
        var system = System();
        var dialer = Dialer(Plain, system);
        system.Time.MoveTo(Late.After);
        Assert.Equal(Late, TestValues.Left(dialer.Dial()));
        AssertGivenBack(system);
    }

    [Fact]
    public void Nor_is_a_server_waited_for_that_connects_and_does_not_speak_TLS()
    {
        var system = System();
        Assert.Equal(Late, TestValues.Left(Dialer(Secure, system).Dial()));
        Assert.Equal(Late.After, system.Time.Monotonic);
        AssertGivenBack(system);
    }

    private static BlockingDialer Dialer(Target target, SimulatedSystem system) =>
        new(target, ClientOptions.Default with { Time = system.Time }, () => system, CancellationToken.None);

    private static SimulatedSystem System(
        SimulatedPeer? peer = null,
        Func<SimulatedCall, int, bool>? fails = null
    ) =>
        new(seed: 0, new SimulatedListener())
        {
            Horizon = TimeSpan.MaxValue,
            PeerAt = _ => peer ?? new SimulatedPeer(),
            Errors = (call, number) => fails?.Invoke(call, number) == true ? Refused : Option<IoError>.None,
        };

    private static void AssertGivenBack(SimulatedSystem system)
    {
        Assert.Equal(0, system.OpenConnections);
        Assert.Single(system.Trace, "disposed");
    }
}
