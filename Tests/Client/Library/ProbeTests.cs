using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>One probe: its times apart, and how far it got where it was not answered.</summary>
public class ProbeTests
{
    [Fact]
    public async Task The_times_of_its_parts_are_told_apart_and_the_goodbye_is_not_among_them()
    {
        var clock = new AlarmClock();
        await using var server = Peer.Playing(async caller =>
        {
            // The client has connected, and waits for the greeting.
            await clock.AlarmsAsync(2);
            clock.Advance(TimeSpan.FromSeconds(2));
            await caller.SayAsync("WELCOME, test\n");
            var echo = await caller.HearAsync();
            clock.Advance(TimeSpan.FromSeconds(3));
            await caller.SayAsync($"{echo}\n");
            Assert.Equal("QUIT", await caller.HearAsync());
            clock.Advance(TimeSpan.FromSeconds(0.5));
            await caller.SayAsync("BYE\n");
        });

        Assert.Equal(
            new ProbeResult(TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), default),
            await RunAsync(server, clock)
        );
    }

    [Fact]
    public async Task Its_text_is_another_each_time()
    {
        var texts = new HashSet<string>();
        await using var server = Peer.Greeting(async caller =>
        {
            var echo = await caller.HearAsync();
            lock (texts)
            {
                texts.Add(echo);
            }

            await caller.SayAsync($"{echo}\n");
        });

        Assert.True((await RunAsync(server, TimeProvider.System)).Error.IsNone);
        Assert.True((await RunAsync(server, TimeProvider.System)).Error.IsNone);
        Assert.Equal(2, texts.Count);
    }

    [Fact]
    public async Task A_reply_that_could_be_anybodys_is_no_reply()
    {
        await using var server = Peer.Answering("ECHO hello\n");
        var result = await RunAsync(server, TimeProvider.System);
        Assert.IsType<ClientError.ProtocolBroken>(TestValues.Given(result.Error));
        Assert.Equal(
            (true, true, false),
            (result.Connect.IsSome, result.Greeting.IsSome, result.Reply.IsSome)
        );
    }

    [Fact]
    public async Task A_server_that_is_full_was_connected_to()
    {
        await using var server = Peer.Playing(static caller => caller.SayAsync("ERROR SERVER_BUSY\n"));
        var result = await RunAsync(server, TimeProvider.System);
        Assert.IsType<ClientError.Goodbye>(TestValues.Given(result.Error));
        Assert.Equal(
            (true, false, false),
            (result.Connect.IsSome, result.Greeting.IsSome, result.Reply.IsSome)
        );
    }

    [Fact]
    public async Task Nobody_there_has_no_times()
    {
        var target = TestValues.Right(Target.From($"127.0.0.1:{Peer.PortOfNobody()}"));
        var result = await Probe.RunAsync(target, ClientOptions.Default);
        Assert.Equal(ProbeResult.Failed(TestValues.Given(result.Error)), result);
        Assert.IsType<ClientError.NotConnected>(TestValues.Given(result.Error));
    }

    [Fact]
    public async Task A_server_that_does_not_say_goodbye_has_answered_all_the_same()
    {
        var clock = new AlarmClock();
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.SayAsync($"{await caller.HearAsync()}\n");
            await caller.HearAsync();
            await clock.AlarmAsync(TimeSpan.FromSeconds(1));
            clock.Advance(TimeSpan.FromSeconds(1));
            await caller.StayAsync();
        });
        Assert.True((await RunAsync(server, clock)).Error.IsNone);
    }

    [Fact]
    public async Task Giving_it_up_cancels_it_unless_the_reply_is_there()
    {
        using var before = new CancellationTokenSource();
        await using var silent = Peer.Playing(async caller =>
        {
            await before.CancelAsync();
            await caller.StayAsync();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(silent, TimeProvider.System, before.Token)
        );

        using var after = new CancellationTokenSource();
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.SayAsync($"{await caller.HearAsync()}\n");
            await caller.HearAsync();
            await after.CancelAsync();
            await caller.StayAsync();
        });
        Assert.True((await RunAsync(server, TimeProvider.System, after.Token)).Error.IsNone);
    }

    [Fact]
    public async Task Wrong_options_reach_nobody()
    {
        var options = ClientOptions.Default with { ReplyTimeout = TimeSpan.Zero };
        var target = TestValues.Right(Target.From("127.0.0.1:1"));
        var result = await Probe.RunAsync(target, options);
        Assert.IsType<ClientError.BadArgument>(TestValues.Given(result.Error));
    }

    private static Task<ProbeResult> RunAsync(
        Peer server,
        TimeProvider time,
        CancellationToken cancellationToken = default
    ) =>
        Probe.RunAsync(
            TestValues.Right(Target.From(server.Address)),
            ClientOptions.Default with
            {
                Time = time,
            },
            cancellationToken
        );
}
