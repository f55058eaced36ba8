using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>How calls for a connection come about, whatever whoever dials does meanwhile.</summary>
public class ConnectionManagerTests
{
    private static readonly ClientError ConnectError = new ClientError.ConnectedToSelf(
        TestValues.Right(ServerEndPoint.From("127.0.0.1:40000"))
    );

    [Fact]
    public async Task A_call_during_a_connect_waits_for_that_connect()
    {
        var (calls, inner, link) = (
            0,
            Task.FromResult(default(Either<ClientError, Connection>)),
            default(ConnectionManager)
        );
        link = new(
            _ =>
            {
                calls++;
                inner = link!.GetConnectionAsync();
                return Task.FromResult<Either<ClientError, Connection>>(ConnectError);
            },
            ClientOptions.Default
        );

        Assert.Equal(ConnectError, TestValues.Left(await link.GetConnectionAsync()));
        Assert.Equal(ConnectError, TestValues.Left(await inner));
        Assert.Equal(1, calls);
        await link.DisposeAsync();
    }

    [Fact]
    public async Task A_call_during_disposal_returns_ClientClosed()
    {
        var (asked, link) = (default(ClientError), default(ConnectionManager));
        link = new(
            async token =>
            {
                var end = Task.Delay(Timeout.InfiniteTimeSpan, token);
                await using var told = token.UnsafeRegister(
                    _ => asked = TestValues.Left(Task.Run(link!.GetConnectionAsync).GetAwaiter().GetResult()),
                    null
                );
                await end;
                return ConnectError;
            },
            ClientOptions.Default
        );

        var asking = link.GetConnectionAsync();
        await link.DisposeAsync();
        var over = new ClientError.ClientClosed(ClosedBy.Disposal);
        Assert.Equal(over, TestValues.Left(await asking));
        Assert.Equal(over, asked);
    }

    [Fact]
    public async Task A_retry_from_a_failure_continuation_uses_the_next_connection()
    {
        await using var server = ReferenceServer.Start();
        var (link, calls) = (default(ConnectionManager), new List<ServerEndPoint>());
        link = StartLosingFirstConnection(server, calls);
        var again = new RawRequest(ByteString.From("TIME"u8));
        link.Send(new CallbackRequest(() => link.Send(again)));
        Assert.Equal($"TIME {Timestamp.From(TestValues.Moment)}", TestValues.Right(await again.Task));
        Assert.Equal(2, calls.Count);
        await link.DisposeAsync();
    }

    [Fact]
    public async Task A_QUIT_from_a_failure_continuation_does_not_reconnect()
    {
        await using var server = ReferenceServer.Start();
        var (link, calls) = (default(ConnectionManager), new List<ServerEndPoint>());
        link = StartLosingFirstConnection(server, calls);
        var leaving = new RawRequest(ByteString.From("QUIT"u8));
        link.Send(new CallbackRequest(() => link.TrySendFinal(leaving)));
        Assert.IsType<ClientError.ConnectionLost>(TestValues.Left(await leaving.Task));
        Assert.Single(calls);
        await link.DisposeAsync();
    }

    /// <summary>A link whose first connection is over when it is made, and whose next are to a server.</summary>
    private static ConnectionManager StartLosingFirstConnection(
        FakeServer server,
        List<ServerEndPoint> connects
    )
    {
        var target = TestValues.Right(ServerEndPoint.From(server.Address));
        var options = ClientOptions.Default with
        {
            Reconnect = new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
        };
        return new(
            async token =>
            {
                connects.Add(target);
                var isFirst = connects.Count == 1;
                var stream = isFirst
                    ? new ScriptedStream([WireBytes.Bytes("WELCOME, test\n")])
                    : TestValues.Right(await Dialer.DialWithTimeoutAsync(target, options, token));
                var made = TestValues.Right(
                    await Connection.OpenAsync(stream, options, new ClientMetrics(options), token)
                );
                await (isFirst ? made.Ended : Task.CompletedTask);
                return made;
            },
            options
        );
    }

    /// <summary>A request that does something at once when it has failed.</summary>
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
