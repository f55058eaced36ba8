using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Writes: their number, size and failures.</summary>
public class SendingTests
{
    private static readonly ReadOnlyMemory<byte>[] Greeting = [WireBytes.Bytes("WELCOME, test\n")];

    [Fact]
    public async Task A_failed_write_is_reported_after_the_close_grace_period()
    {
        var clock = new TrackingTimeProvider();
        await using var stream = new ScriptedStream(Greeting, failWrites: true, staysOpen: true);
        await using var client = await OpenAsync(stream, ClientOptions.Default with { TimeProvider = clock });

        var pending = client.GetTimeAsync();
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        Assert.False(pending.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            new ClientError.ConnectionLost(PendingOperation.ReplyTo(Command.Time), "broken pipe", ""),
            TestValues.Left(await pending)
        );
    }

    [Fact]
    public async Task A_stream_is_not_disposed_during_a_write()
    {
        var writing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stream = new ScriptedStream(Greeting, staysOpen: true)
        {
            OnWrite = () =>
            {
                writing.SetResult();
                return new ValueTask(written.Task);
            },
        };
        var client = await OpenAsync(stream, ClientOptions.Default);

        var request = client.GetTimeAsync();
        await writing.Task;
        var disposal = client.DisposeAsync();
        Assert.Equal(new ClientError.ClientClosed(ClosedBy.Disposal), TestValues.Left(await request));
        var secondDisposal = client.DisposeAsync();
        Assert.False(secondDisposal.IsCompleted);
        written.SetResult();
        await secondDisposal;
        Assert.True(stream.IsDisposed);
        await disposal;
        Assert.False(stream.WasDisposedDuringWrite);
    }

    [Law]
    public async Task Requests_made_during_a_write_share_the_next_write(RequestList requests)
    {
        var (writing, mayWrite) = (Gate(), Gate());
        await using var server = new InMemoryServer
        {
            BeforeWrite = () =>
            {
                writing.TrySetResult();
                return mayWrite.Task;
            },
        };
        await using var client = await OpenAsync(server, ClientOptions.Default);

        var first = client.GetTimeAsync();
        await writing.Task;
        var others = requests.Lines.Select(line => client.ExecuteAsync(WireBytes.Utf8(line))).ToArray();
        mayWrite.SetResult();
        await first;
        await Task.WhenAll(others);
        Assert.Equal(
            ["TIME\n", string.Concat(requests.Lines.Select(static line => $"{line}\n"))],
            server.Writes.Select(Utf8)
        );
    }

    [Fact]
    public async Task A_callers_thread_does_not_write()
    {
        var writers = new List<Thread>();
        await using var server = new InMemoryServer
        {
            BeforeWrite = () =>
            {
                writers.Add(Thread.CurrentThread);
                return Task.CompletedTask;
            },
        };
        await using var client = await OpenAsync(server, ClientOptions.Default);

        var callers = new List<Thread>();
        for (var call = 0; call < 20; call++)
        {
            var request = Task.FromResult(default(Either<ClientError, string>));
            callers.Add(new Thread(() => request = client.GetHelpAsync()));
            callers[^1].Start();
            callers[^1].Join();
            Assert.True((await request).IsRight);
        }

        Assert.Empty(writers.Intersect(callers));
    }

    [Fact]
    public async Task A_write_is_bounded()
    {
        var (writing, mayWrite, length) = (Gate(), Gate(), 64 * 1024);
        await using var server = new InMemoryServer(
            limits: TestValues.With(Limits.Default, "max-line", 2 * length)
        )
        {
            BeforeWrite = () =>
            {
                writing.TrySetResult();
                return mayWrite.Task;
            },
        };
        await using var client = await OpenAsync(
            server,
            ClientOptions.Default with
            {
                MaxReplyLine = 2 * length,
            }
        );

        var first = client.GetTimeAsync();
        await writing.Task;
        var others = Enumerable.Range(0, 40).Select(_ => client.EchoAsync(new string('x', length))).ToArray();
        mayWrite.SetResult();
        Assert.True((await first).IsRight);
        Assert.All(await Task.WhenAll(others), static echo => Assert.True(echo.IsRight));

        // The bound of 1 MiB, and the request that exceeds it.
        Assert.InRange(server.Writes.Max(static write => write.Length), 1 << 20, (1 << 20) + (2 * length));
    }

    private static async Task<TinyTcpClient> OpenAsync(Stream stream, ClientOptions options) =>
        TestValues.Right(await TinyTcpClient.AttachAsync(stream, options));

    private static TaskCompletionSource Gate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Utf8(string latin1) => System.Text.Encoding.UTF8.GetString(WireBytes.Bytes(latin1));
}
