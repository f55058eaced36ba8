using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>How requests leave, and what becomes of those that cannot, over streams that a test makes fail.</summary>
public class SendingTests
{
    private static readonly ReadOnlyMemory<byte>[] Greeting = [WireBytes.Bytes("WELCOME, test\n")];

    [Fact]
    public async Task Where_nothing_can_be_sent_a_server_has_a_moment_to_say_why_and_then_it_is_lost()
    {
        var clock = new AlarmClock();
        await using var stream = new ScriptedStream(Greeting, writesBreak: true, staysOpen: true);
        await using var client = await OpenAsync(stream, ClientOptions.Default with { Time = clock });

        var asking = client.TimeAsync();
        await clock.AlarmAsync(TimeSpan.FromSeconds(1));
        Assert.False(asking.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            new ClientError.Lost(Awaited.ReplyTo(Command.Time), "broken pipe", ""),
            TestValues.Left(await asking)
        );
    }

    [Fact]
    public async Task Whatever_else_a_write_throws_is_thrown_to_the_calls_under_way()
    {
        await using var stream = new ScriptedStream(Greeting, staysOpen: true)
        {
            Writing = static () => throw new NotSupportedException("written once too often"),
        };
        await using var client = await OpenAsync(stream, ClientOptions.Default);

        await Assert.ThrowsAsync<NotSupportedException>(() => client.TimeAsync());
        Assert.Equal(new ClientError.Over(EndedBy.Observer), TestValues.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task A_stream_is_not_disposed_of_while_it_is_written_to()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stream = new ScriptedStream(Greeting, staysOpen: true)
        {
            Writing = () => new ValueTask(written.Task),
        };
        var client = await OpenAsync(stream, ClientOptions.Default);

        var asking = client.TimeAsync();
        var disposing = client.DisposeAsync();
        Assert.Equal(new ClientError.Over(EndedBy.Disposal), TestValues.Left(await asking));
        var again = client.DisposeAsync();
        Assert.False(again.IsCompleted);
        written.SetResult();
        await again;
        Assert.True(stream.IsDisposed);
        await disposing;
        Assert.True(stream.IsDisposed);
        Assert.False(stream.WasCutShort);
    }

    [Fact]
    public async Task A_caller_is_not_kept_to_send_what_others_ask()
    {
        var writes = 0;
        Action askMore = static () => { };
        using var hasReturned = new ManualResetEventSlim();
        var sentTheRest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stream = new ScriptedStream(Greeting, staysOpen: true)
        {
            Writing = () =>
            {
                askMore();
                if (++writes > 1)
                {
                    hasReturned.Wait();
                    sentTheRest.TrySetResult();
                }

                return ValueTask.CompletedTask;
            },
        };
        await using var client = await OpenAsync(stream, ClientOptions.Default);
        askMore = () =>
        {
            askMore = static () => { };
            _ = client.TimeAsync();
        };

        _ = client.HelpAsync();
        hasReturned.Set();
        await sentTheRest.Task;
        Assert.Equal(2, writes);
    }

    [Fact]
    public async Task However_many_ask_a_bounded_number_of_bytes_waits_to_be_sent()
    {
        var (bytes, length) = (0L, 64 * 1024);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stream = new ScriptedStream(Greeting, staysOpen: true)
        {
            Writing = () => new ValueTask(written.Task),
        };
        var options = ClientOptions.Default with
        {
            MaxReplyLine = 2 * length,
            Observer = line => bytes += line.Direction == WireDirection.Sent ? line.Bytes.Length : 0,
        };
        await using var client = await OpenAsync(stream, options);

        for (var request = 0; request < 100; request++)
        {
            _ = client.EchoAsync(new string('x', length));
        }

        // What is on its way, what waits to be, and the request that passed the bound.
        Assert.InRange(bytes, 1 << 20, (1 << 20) + (3 * length));
        written.SetResult();
    }

    private static async Task<TinyTcpClient> OpenAsync(Stream stream, ClientOptions options) =>
        TestValues.Right(await TinyTcpClient.OpenAsync(stream, options));
}
