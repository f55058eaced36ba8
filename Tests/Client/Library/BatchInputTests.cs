using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A batch whose requests come slowly, or not to their end: its time-outs are the server's, not the input's.</summary>
public sealed class BatchInputTests : IAsyncDisposable
{
    private readonly AlarmClock clock = new();
    private readonly Dictation requests = new();
    private readonly MemoryStream printed = new();

    [Theory]
    [InlineData("\n")]
    [InlineData("TIME\n")]
    [InlineData("TIME\n\n")]
    [InlineData("ECHO 1\n \n\t\r\n")]
    public async Task While_nothing_is_owed_the_input_may_take_its_time(string first)
    {
        var replies = new SemaphoreSlim(0);
        await using var server = Truthful.Server();
        var sending = SendAsync(server, printed.WriteAsync, _ => replies.Release());

        await requests.SayAsync(WireBytes.Bytes(first));
        if (first != "\n")
        {
            await replies.WaitAsync();
        }

        clock.Advance(TimeSpan.FromHours(1));
        await requests.SayAsync(WireBytes.Bytes("ECHO last\n"));
        await replies.WaitAsync();
        clock.Advance(TimeSpan.FromHours(1));
        requests.End();
        var outcome = TestValues.Right(await sending);
        Assert.True(outcome.Error.IsNone, $"{outcome.Error}");
        Assert.EndsWith("ECHO last\n", WireBytes.Characters(printed.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ECHO ")]
    [InlineData(" ")]
    public async Task A_line_that_has_no_end_yet_is_not_owed_a_reply(string begin)
    {
        await using var server = Truthful.Server(
            Segmentation.Whole,
            TestValues.With(Limits.Default, "max-line", 1_000_000)
        );
        var sending = SendAsync(server, printed.WriteAsync, static _ => { }, maxReply: 1_000_000);

        // More than a piece, so that some of it has been sent.
        await requests.SayAsync(WireBytes.Bytes(begin));
        for (var part = 0; part < 3; part++)
        {
            await requests.SayAsync(WireBytes.Bytes(new string('x', 60_000)));
        }

        clock.Advance(TimeSpan.FromHours(1));
        await requests.SayAsync(WireBytes.Bytes("\n"));
        requests.End();
        var outcome = TestValues.Right(await sending);
        Assert.Equal(1, outcome.Replies);
        Assert.IsNotType<ClientError.TimedOut>(outcome.Error.IfNone(new ClientError.Over(EndedBy.Quit)));
    }

    [Fact]
    public async Task What_is_wrong_with_the_input_is_told_once_all_that_was_asked_is_answered()
    {
        await using var server = Truthful.Server();
        var sending = SendAsync(server, printed.WriteAsync, static _ => { });

        await requests.SayAsync(WireBytes.Bytes("ECHO 1\nECHO 2"));
        requests.End(new IOException("unreadable"));
        Assert.Equal("unreadable", (await Assert.ThrowsAsync<IOException>(() => sending)).Message);
        Assert.Equal("ECHO 1\n", WireBytes.Characters(printed.ToArray()));
    }

    [Fact]
    public async Task Nothing_is_read_any_more_once_the_replies_cannot_be_given_on()
    {
        await using var server = Truthful.Server();
        var sending = SendAsync(
            server,
            static (_, _) => ValueTask.FromException(new IOException("nobody reads")),
            static _ => { }
        );

        requests.Say(WireBytes.Bytes("ECHO 1\n"));
        Assert.Equal("nobody reads", (await Assert.ThrowsAsync<IOException>(() => sending)).Message);
        await requests.LastRead.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
    }

    public async ValueTask DisposeAsync()
    {
        await requests.DisposeAsync();
        await printed.DisposeAsync();
    }

    private Task<Either<ClientError, BatchOutcome>> SendAsync(
        Peer server,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> replies,
        Action<long> answered,
        int maxReply = 65_536
    ) =>
        Batch.SendAsync(
            TestValues.Right(Target.From(server.Address)),
            ClientOptions.Default with
            {
                Time = clock,
                MaxReplyLine = maxReply,
            },
            requests,
            replies,
            answered
        );
}
