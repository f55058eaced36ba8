using TinyTcp.Client;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>An exception of a callback fails the pending calls.</summary>
public class CallbackTests
{
    private const string ExceptionMessage = "enough";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_callback_that_throws_during_connect_fails_the_waiting_calls_and_no_later_ones(
        bool connected
    )
    {
        var (connects, throws) = (0, true);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            if (Interlocked.Increment(ref connects) == 1)
            {
                await connection.WaitForCloseAsync();
                closed.SetResult();
                return;
            }

            await connection.SendAsync($"{await connection.ReadLineAsync()}\n");
            await connection.WaitForCloseAsync();
        });
        var client = server.CreateClient(
            ClientOptions.Default with
            {
                OnConnected = () => ThrowIf(connected && throws),
                OnLine = _ => ThrowIf(!connected && throws),
            }
        );

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.EchoAsync("hello"));
        await closed.Task;
        throws = false;
        Assert.Equal("hello", await client.EchoAsync("hello"));
        await client.DisposeAsync();
    }

    [Fact]
    public async Task A_callback_that_always_throws_does_not_break_disposal()
    {
        await using var server = ReferenceServer.Start();
        var client = server.CreateClient(
            ClientOptions.Default with
            {
                OnConnected = static () => ThrowIf(true),
            }
        );

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetTimeAsync());
        await client.DisposeAsync();
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Disposal),
            TestValues.Left(await client.GetTimeAsync())
        );
    }

    [Fact]
    public async Task OnDisconnected_that_throws_on_a_lost_connection_fails_the_pending_calls()
    {
        await using var server = FakeServer.StartWithGreeting(static async connection =>
            await connection.ReadLineAsync()
        );
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                OnDisconnected = static _ => ThrowIf(true),
            }
        );

        Assert.IsType<ClientError.ConnectionLost>(
            await AssertFailedByCallbackAsync(client, client.GetTimeAsync())
        );
    }

    [Fact]
    public async Task OnDisconnected_that_throws_on_a_timeout_fails_the_pending_calls()
    {
        var clock = new TrackingTimeProvider();
        await using var server = FakeServer.StartWithGreeting(static connection =>
            connection.WaitForCloseAsync()
        );
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                TimeProvider = clock,
                OnDisconnected = static _ => ThrowIf(true),
            }
        );

        var pending = client.GetTimeAsync();
        await clock.WaitForTimersAsync(3);
        clock.Advance(ClientOptions.Default.ReplyTimeout);
        Assert.IsType<ClientError.TimedOut>(await AssertFailedByCallbackAsync(client, pending));
    }

    [Fact]
    public async Task OnLine_that_throws_for_a_queued_request_does_not_affect_the_reply_to_another()
    {
        var requested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await requested.Task;
            await connection.SendAsync("ECHO first\n");
            await connection.WaitForCloseAsync();
        });
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                MaxPendingRequests = 1,
                OnLine = static line => ThrowIf(line.ToString() == "-> ECHO second"),
            }
        );

        var first = client.EchoAsync("first");
        var second = client.EchoAsync("second");
        requested.SetResult();
        Assert.Equal("first", await first);
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Callback),
            await AssertFailedByCallbackAsync(client, second)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("more\n")]
    public async Task A_callback_that_throws_after_BYE_fails_the_QUIT(string more)
    {
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync($"BYE\n{more}");
        });
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                OnLine = static line => ThrowIf(line.ToString() == "<- more"),
                OnDisconnected = _ => ThrowIf(more.Length == 0),
            }
        );

        Assert.Equal(
            new ClientError.ClientClosed(more.Length == 0 ? ClosedBy.Quit : ClosedBy.Callback),
            await AssertFailedByCallbackAsync(client, client.QuitAsync())
        );
    }

    [Fact]
    public async Task A_callback_that_throws_OperationCanceledException_is_not_reported_as_a_timeout()
    {
        await using var server = ReferenceServer.Start();
        await using var client = server.CreateClient(
            ClientOptions.Default with
            {
                OnLine = static _ => throw new TaskCanceledException(ExceptionMessage),
            }
        );

        var thrown = await Assert.ThrowsAsync<TaskCanceledException>(() => client.GetTimeAsync());
        Assert.Equal(ExceptionMessage, thrown.Message);
    }

    [Fact]
    public async Task A_callback_that_throws_IOException_is_not_reported_as_a_lost_connection()
    {
        var length = 64 * 1024;
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stream = new ScriptedStream([WireBytes.Bytes("WELCOME, test\n")], staysOpen: true)
        {
            OnWrite = () => new ValueTask(written.Task),
        };
        var options = ClientOptions.Default with
        {
            MaxReplyLine = 2 * length,
            OnLine = static line =>
                _ = line.ToString() == "-> ECHO last" ? throw new IOException(ExceptionMessage) : 0,
        };
        await using var client = TestValues.Right(await TinyTcpClient.AttachAsync(stream, options));

        // Too many for one write: the last is sent by a later one.
        var pending = Enumerable
            .Range(0, 40)
            .Select(_ => client.EchoAsync(new string('x', length)))
            .ToArray();
        var last = client.EchoAsync("last");
        written.SetResult();
        Assert.Equal(ExceptionMessage, (await Assert.ThrowsAsync<IOException>(() => last)).Message);
        await Assert.ThrowsAsync<IOException>(() => pending[0]);
        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Callback),
            TestValues.Left(await client.GetTimeAsync())
        );
    }

    [Fact]
    public async Task A_projection_that_throws_faults_its_request()
    {
        await using var stream = new ScriptedStream(
            [WireBytes.Bytes("WELCOME, test\n"), WireBytes.Bytes("TIME 2025-09-12T17:24:13-05:00\n")],
            failWrites: true
        );
        var options = ClientOptions.Default;
        var connection = new Connection(
            default,
            token => GreetedStream.OpenAsync(stream, options, token),
            options,
            new ClientMetrics(default, options)
        );
        var request = new TypedRequest<int>(
            PendingOperation.ReplyTo(Command.Time),
            static _ => throw new InvalidOperationException(ExceptionMessage)
        );

        Assert.True(connection.TryEnqueue(request));
        Assert.Equal(new ClientError.ClientClosed(ClosedBy.Callback), await connection.Ended);
        await connection.DisposeAsync();
        Assert.True(request.Task.IsFaulted);
    }

    [Fact]
    public async Task OnDisconnected_that_throws_fails_the_call_that_got_the_goodbye()
    {
        await using var stream = new ScriptedStream(
            [WireBytes.Bytes("WELCOME, test\n"), WireBytes.Bytes("ERROR SHUTTING_DOWN\n")],
            failWrites: true
        );
        var options = ClientOptions.Default with { OnDisconnected = static _ => ThrowIf(true) };
        await using var client = TestValues.Right(await TinyTcpClient.AttachAsync(stream, options));

        Assert.IsType<ClientError.Goodbye>(await AssertFailedByCallbackAsync(client, client.GetTimeAsync()));
    }

    /// <returns>The error of the next call.</returns>
    private static async Task<ClientError> AssertFailedByCallbackAsync<T>(
        TinyTcpClient client,
        Task<T> pending
    )
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => pending);
        Assert.Equal(ExceptionMessage, thrown.Message);
        return TestValues.Left(await client.GetTimeAsync());
    }

    private static void ThrowIf(bool condition)
    {
        if (condition)
        {
            throw new InvalidOperationException(ExceptionMessage);
        }
    }
}
