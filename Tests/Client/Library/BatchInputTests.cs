using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Slow or failing input of a batch is not a time-out of the server.</summary>
public sealed class BatchInputTests : IAsyncDisposable
{
    private readonly TrackingTimeProvider clock = new();
    private readonly ControlledStream requests = new();
    private readonly MemoryStream received = new();

    [Theory]
    [InlineData("\n")]
    [InlineData("TIME\n")]
    [InlineData("TIME\n\n")]
    [InlineData("ECHO 1\n \n\t\r\n")]
    public async Task Slow_input_does_not_time_out_while_no_reply_is_pending(string first)
    {
        var replies = new SemaphoreSlim(0);
        await using var server = new InMemoryServer();
        var sending = SendAsync(server, received.WriteAsync, _ => replies.Release());

        await requests.PushAsync(WireBytes.Bytes(first));
        if (first != "\n")
        {
            await replies.WaitAsync();
        }

        clock.Advance(TimeSpan.FromHours(1));
        await requests.PushAsync(WireBytes.Bytes("ECHO last\n"));
        await replies.WaitAsync();
        clock.Advance(TimeSpan.FromHours(1));
        requests.Complete();
        var result = TestValues.Right(await sending);
        Assert.True(result.Error.IsNone, $"{result.Error}");
        Assert.EndsWith("ECHO last\n", WireBytes.Characters(received.ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ECHO ")]
    [InlineData(" ")]
    public async Task An_unfinished_request_does_not_time_out(string start)
    {
        await using var server = new InMemoryServer(
            limits: TestValues.With(Limits.Default, "max-line", 1_000_000)
        );
        var sending = SendAsync(server, received.WriteAsync, static _ => { }, maxReply: 1_000_000);

        // Longer than a chunk, so that a part has been sent.
        await requests.PushAsync(WireBytes.Bytes(start));
        for (var part = 0; part < 3; part++)
        {
            await requests.PushAsync(WireBytes.Bytes(new string('x', 60_000)));
        }

        clock.Advance(TimeSpan.FromHours(1));
        await requests.PushAsync(WireBytes.Bytes("\n"));
        requests.Complete();
        var result = TestValues.Right(await sending);
        Assert.Equal(1, result.Replies);
        Assert.IsNotType<ClientError.TimedOut>(
            result.Error.IfNone(new ClientError.ClientClosed(ClosedBy.Quit))
        );
    }

    [Fact]
    public async Task An_input_error_is_thrown_after_the_replies_to_all_requests_sent()
    {
        await using var server = new InMemoryServer();
        var sending = SendAsync(server, received.WriteAsync, static _ => { });

        await requests.PushAsync(WireBytes.Bytes("ECHO 1\nECHO 2"));
        requests.Complete(new IOException("unreadable"));
        Assert.Equal("unreadable", (await Assert.ThrowsAsync<IOException>(() => sending)).Message);
        Assert.Equal("ECHO 1\n", WireBytes.Characters(received.ToArray()));
    }

    [Fact]
    public async Task A_reply_callback_that_fails_stops_reading_the_input()
    {
        await using var server = new InMemoryServer();
        var sending = SendAsync(
            server,
            static (_, _) => ValueTask.FromException(new IOException("closed")),
            static _ => { }
        );

        requests.Push(WireBytes.Bytes("ECHO 1\n"));
        Assert.Equal("closed", (await Assert.ThrowsAsync<IOException>(() => sending)).Message);
        await requests.LastRead.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
    }

    public async ValueTask DisposeAsync()
    {
        await requests.DisposeAsync();
        await received.DisposeAsync();
    }

    private Task<Either<ClientError, BatchResult>> SendAsync(
        InMemoryServer server,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> onReplies,
        Action<long> onProgress,
        int maxReply = 65_536
    ) =>
        Batch.SendAsync(
            server,
            server.ShutdownSendAsync,
            ClientOptions.Default with
            {
                TimeProvider = clock,
                MaxReplyLine = maxReply,
            },
            requests,
            onReplies,
            onProgress,
            CancellationToken.None
        );
}
