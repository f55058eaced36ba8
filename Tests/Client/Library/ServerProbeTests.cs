using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The durations of one probe, also if it fails.</summary>
public class ServerProbeTests
{
    [Fact]
    public async Task Connect_greeting_and_reply_are_timed_separately_without_QUIT()
    {
        var clock = new TrackingTimeProvider();
        await using var server = FakeServer.Start(async connection =>
        {
            // The client has connected and waits for the greeting.
            await clock.WaitForTimersAsync(2);
            clock.Advance(TimeSpan.FromSeconds(2));
            await connection.SendAsync("WELCOME, test\n");
            var echo = await connection.ReadLineAsync();
            clock.Advance(TimeSpan.FromSeconds(3));
            await connection.SendAsync($"{echo}\n");
            Assert.Equal("QUIT", await connection.ReadLineAsync());
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await connection.SendAsync("BYE\n");
        });

        Assert.Equal(
            new ProbeResult(TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), default),
            await RunAsync(server, clock)
        );
    }

    [Fact]
    public async Task Each_probe_sends_a_different_text()
    {
        var texts = new HashSet<string>();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            var echo = await connection.ReadLineAsync();
            lock (texts)
            {
                texts.Add(echo);
            }

            await connection.SendAsync($"{echo}\n");
        });

        Assert.True((await RunAsync(server, TimeProvider.System)).Error.IsNone);
        Assert.True((await RunAsync(server, TimeProvider.System)).Error.IsNone);
        Assert.Equal(2, texts.Count);
    }

    [Fact]
    public async Task A_reply_with_another_text_is_a_protocol_error()
    {
        await using var server = FakeServer.StartWithReplies("ECHO hello\n");
        var result = await RunAsync(server, TimeProvider.System);
        Assert.IsType<ClientError.ProtocolError>(TestValues.Given(result.Error));
        Assert.Equal(
            (true, true, false),
            (result.Connect.IsSome, result.Greeting.IsSome, result.Reply.IsSome)
        );
    }

    [Fact]
    public async Task A_full_server_has_a_connect_time_only()
    {
        await using var server = FakeServer.Start(static connection =>
            connection.SendAsync("ERROR SERVER_BUSY\n")
        );
        var result = await RunAsync(server, TimeProvider.System);
        Assert.IsType<ClientError.Goodbye>(TestValues.Given(result.Error));
        Assert.Equal(
            (true, false, false),
            (result.Connect.IsSome, result.Greeting.IsSome, result.Reply.IsSome)
        );
    }

    [Fact]
    public async Task A_refused_connection_has_no_times()
    {
        var endPoint = TestValues.Right(ServerEndPoint.From($"127.0.0.1:{FakeServer.UnusedPort()}"));
        var result = await ServerProbe.RunAsync(endPoint, ClientOptions.Default);
        Assert.Equal(ProbeResult.Failed(TestValues.Given(result.Error)), result);
        Assert.IsType<ClientError.ConnectFailed>(TestValues.Given(result.Error));
    }

    [Fact]
    public async Task A_missing_BYE_does_not_fail_the_probe()
    {
        var clock = new TrackingTimeProvider();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.SendAsync($"{await connection.ReadLineAsync()}\n");
            await connection.ReadLineAsync();
            await clock.WaitForTimerAsync(TimeSpan.FromSeconds(1));
            clock.Advance(TimeSpan.FromSeconds(1));
            await connection.WaitForCloseAsync();
        });
        Assert.True((await RunAsync(server, clock)).Error.IsNone);
    }

    [Fact]
    public async Task Cancellation_cancels_a_probe_without_a_reply()
    {
        using var duringGreeting = new CancellationTokenSource();
        await using var silent = FakeServer.Start(async connection =>
        {
            await duringGreeting.CancelAsync();
            await connection.WaitForCloseAsync();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(silent, TimeProvider.System, duringGreeting.Token)
        );

        using var duringQuit = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.SendAsync($"{await connection.ReadLineAsync()}\n");
            await connection.ReadLineAsync();
            await duringQuit.CancelAsync();
            await connection.WaitForCloseAsync();
        });
        Assert.True((await RunAsync(server, TimeProvider.System, duringQuit.Token)).Error.IsNone);
    }

    [Fact]
    public async Task Invalid_options_are_reported_without_connecting()
    {
        var options = ClientOptions.Default with { ReplyTimeout = TimeSpan.Zero };
        var endPoint = TestValues.Right(ServerEndPoint.From("127.0.0.1:1"));
        var result = await ServerProbe.RunAsync(endPoint, options);
        Assert.IsType<ClientError.InvalidArgument>(TestValues.Given(result.Error));
    }

    private static Task<ProbeResult> RunAsync(
        FakeServer server,
        TimeProvider timeProvider,
        CancellationToken cancellationToken = default
    ) =>
        ServerProbe.RunAsync(
            TestValues.Right(ServerEndPoint.From(server.Address)),
            ClientOptions.Default with
            {
                TimeProvider = timeProvider,
            },
            cancellationToken
        );
}
