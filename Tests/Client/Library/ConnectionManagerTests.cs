using System.Runtime.CompilerServices;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>When the manager connects, with calls made during a connect, a disposal or a failure.</summary>
public class ConnectionManagerTests
{
    private static readonly ClientError ConnectError = new ClientError.ConnectedToSelf(
        TestValues.Right(ServerEndPoint.From("127.0.0.1:40000"))
    );

    [Fact]
    public async Task A_call_during_a_connect_waits_for_that_connect()
    {
        var (connects, manager) = (0, default(ConnectionManager));
        var inner = new TaskCompletionSource<Task<Either<ClientError, Connection>>>();
        manager = CreateManager(
            ClientOptions.Default,
            _ =>
            {
                connects++;
                inner.SetResult(manager!.GetConnectionAsync());
                return Task.FromResult<Either<ClientError, GreetedStream>>(ConnectError);
            }
        );

        Assert.Equal(ConnectError, TestValues.Left(await manager.GetConnectionAsync()));
        Assert.Equal(ConnectError, TestValues.Left(await await inner.Task));
        Assert.Equal(1, connects);
        await manager.DisposeAsync();
    }

    [Fact]
    public async Task A_call_during_disposal_returns_ClientClosed()
    {
        var (inner, manager) = (default(ClientError), default(ConnectionManager));
        manager = CreateManager(
            ClientOptions.Default,
            async token =>
            {
                await using var registration = token.UnsafeRegister(
                    _ =>
                        inner = TestValues.Left(
                            Task.Run(manager!.GetConnectionAsync).GetAwaiter().GetResult()
                        ),
                    null
                );
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return ConnectError;
            }
        );

        var connecting = manager.GetConnectionAsync();
        await manager.DisposeAsync();
        var closed = new ClientError.ClientClosed(ClosedBy.Disposal);
        Assert.Equal(closed, TestValues.Left(await connecting));
        Assert.True(inner is null || inner == closed);
    }

    [Fact]
    public async Task A_retry_from_a_failure_continuation_uses_the_next_connection()
    {
        var (manager, connects) = CreateLosingFirstConnection();
        var retry = new RawRequest(ByteString.From("ECHO retry"u8));
        manager.Send(new CallbackRequest(() => manager.Send(retry)));
        Assert.Equal("ECHO retry", TestValues.Right(await retry.Task));
        Assert.Equal(2, connects());
        await manager.DisposeAsync();
    }

    [Fact]
    public async Task A_QUIT_from_a_failure_continuation_does_not_reconnect()
    {
        var (manager, connects) = CreateLosingFirstConnection();
        var quit = new RawRequest(ByteString.From("QUIT"u8));
        manager.Send(new CallbackRequest(() => manager.TrySendOnCurrent(quit)));
        Assert.IsType<ClientError.ConnectionLost>(TestValues.Left(await quit.Task));
        Assert.Equal(1, connects());
        await manager.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_does_not_keep_those_before_its_predecessor_in_memory()
    {
        var options = ClientOptions.Default with
        {
            Reconnect = new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
        };
        await using var manager = CreateManager(
            options,
            token => GreetedStream.OpenAsync(new InMemoryServer(), options, token)
        );

        var connections = new List<WeakReference>();
        for (var number = 0; number < 10; number++)
        {
            connections.Add(await EndConnectionAsync(manager));
        }

        // A thread may still finish with the last ones.
        GC.Collect();
        Assert.InRange(connections.Count(static connection => connection.IsAlive), 0, 5);
    }

    [Fact]
    public async Task Requests_cancelled_during_a_connect_are_not_kept_in_memory()
    {
        await using var manager = CreateManager(
            ClientOptions.Default,
            static async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return ConnectError;
            }
        );

        var requests = Enumerable.Range(0, 10_000).Select(_ => SendCancelled(manager)).ToList();
        GC.Collect();
        Assert.InRange(requests.Count(static request => request.IsAlive), 0, 2_000);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference SendCancelled(ConnectionManager manager)
    {
        var request = new RawRequest(ByteString.From("TIME"u8));
        request.CancelOn(new CancellationToken(canceled: true));
        manager.Send(request);
        return new WeakReference(request);
    }

    /// <summary>Lets the server end the current connection.</summary>
    private static async Task<WeakReference> EndConnectionAsync(ConnectionManager manager)
    {
        var connection = TestValues.Right(await manager.GetConnectionAsync());
        manager.Send(new RawRequest(ByteString.From("GET / HTTP/1.1"u8)));
        await connection.Ended;
        return new WeakReference(connection);
    }

    /// <summary>A manager whose first connection ends at the first request; the second is that of a correct server.</summary>
    private static (ConnectionManager Manager, Func<int> Connects) CreateLosingFirstConnection()
    {
        var connects = 0;
        var options = ClientOptions.Default with
        {
            Reconnect = new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
        };
        var manager = CreateManager(
            options,
            token =>
                GreetedStream.OpenAsync(
                    ++connects == 1
                        ? new ScriptedStream([WireBytes.Bytes("WELCOME, test\n")], failWrites: true)
                        : new InMemoryServer(),
                    options,
                    token
                )
        );
        return (manager, () => connects);
    }

    internal static ConnectionManager CreateManager(
        ClientOptions options,
        Func<CancellationToken, Task<Either<ClientError, GreetedStream>>> connect
    ) => new(default, connect, options, new ClientMetrics(default, options));

    /// <summary>A request that calls an action when it fails.</summary>
    private sealed class CallbackRequest(Action onFailure) : IPendingRequest
    {
        public PendingOperation Operation { get; } = PendingOperation.ReplyTo(ByteString.From("TIME"u8));

        public long StartedAt { get; set; }

        public bool IsCompleted => false;

        public Option<ClientError> OnReply(in ReceivedReply reply) => default;

        public void Fail(ClientError error) => onFailure();

        public void FailWithException(Exception exception) => onFailure();
    }
}
