using System.Net;
using System.Net.Sockets;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Whatever the runtime throws is a ClientError, by what was being done and not by the exception's type.</summary>
public class RuntimeFailureLaws
{
    private static readonly HostPort Server = TestValues.Right(HostPort.From("localhost", 40000));

    [Law]
    public async Task A_stream_that_throws_is_a_lost_connection(RuntimeFailure failure)
    {
        await using var stream = new FailingStream(failure);
        var attached = await TinyTcpClient.AttachAsync(stream, ClientOptions.Default);
        var time = await attached.BindAsync(static client => client.GetTimeAsync());
        Assert.IsType<ClientError.ConnectionLost>(TestValues.Left(time));
    }

    [Law]
    public async Task A_stream_that_throws_ends_a_batch_with_a_lost_connection(RuntimeFailure failure)
    {
        await using var stream = new FailingStream(failure);
        await using var requests = new ScriptedStream([WireBytes.Bytes("TIME\n")]);
        var sent = await Batch.SendAsync(
            stream,
            _ => Fail(failure, FailedCall.ShutdownSend),
            ClientOptions.Default,
            requests,
            static (_, _) => ValueTask.CompletedTask,
            static _ => { },
            CancellationToken.None
        );
        Assert.IsType<ClientError.ConnectionLost>(
            sent.Match(Left: static error => error, Right: static result => TestValues.Given(result.Error))
        );
    }

    [Law]
    public async Task A_failed_shutdown_does_not_change_a_batch(RequestList requests, RuntimeFailure failure)
    {
        await using var server = new InMemoryServer();
        await using var input = new ScriptedStream(
            requests.Lines.Select(static line => (ReadOnlyMemory<byte>)WireBytes.Utf8($"{line}\n"))
        );
        var sent = await Batch.SendAsync(
            server,
            async _ =>
            {
                await server.ShutdownSendAsync(new CancellationToken(canceled: true));
                throw failure.Exception;
            },
            ClientOptions.Default,
            input,
            static (_, _) => ValueTask.CompletedTask,
            static _ => { },
            CancellationToken.None
        );
        var result = TestValues.Right(sent);
        Assert.Equal((requests.Commands.Length, true), (result.Replies, result.Error.IsNone));
    }

    [Law]
    public async Task A_resolver_that_throws_is_NameResolutionFailed(RuntimeFailure failure) =>
        Assert.IsType<ClientError.NameResolutionFailed>(
            TestValues.Left(
                await HostResolver.ResolveAsync(
                    Server,
                    (_, _) => throw failure.Exception,
                    CancellationToken.None
                )
            )
        );

    [Law]
    public async Task A_socket_that_throws_is_ConnectFailed(RuntimeFailure failure) =>
        Assert.IsType<ClientError.ConnectFailed>(
            TestValues.Left(
                await SocketConnector.ConnectAsync(
                    new ServerEndPoint.Tcp(Server),
                    static () => new IPEndPoint(IPAddress.Loopback, Server.Port),
                    Socket () => throw failure.Exception,
                    CancellationToken.None
                )
            )
        );

    [Law]
    public async Task A_stream_that_throws_during_the_TLS_handshake_fails_the_connect(RuntimeFailure failure)
    {
        await using var stream = new FailingStream(failure);
        var error = TestValues.Left(
            await TlsHandshake.AuthenticateAsync(
                stream,
                new ServerEndPoint.Tls(Server),
                new() { TargetHost = Server.Host },
                CancellationToken.None
            )
        );
        Assert.True(error is ClientError.TlsHandshakeFailed or ClientError.ConnectionLost, $"{error.Kind}");
    }

    private static Task Fail(RuntimeFailure failure, FailedCall call) =>
        failure.Call == call ? Task.FromException(failure.Exception) : Task.CompletedTask;

    /// <summary>A connection of which one call fails; it ends after the first write.</summary>
    private sealed class FailingStream(RuntimeFailure failure) : TestStream
    {
        private readonly TaskCompletionSource written = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public override bool CanWrite => true;

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            written.TrySetResult();
            await Fail(failure, FailedCall.Write);
        }

        protected override async ValueTask<ReadOnlyMemory<byte>> NextSegmentAsync(
            CancellationToken cancellationToken
        )
        {
            if (BytesRead == 0)
            {
                await Fail(failure, FailedCall.ReadGreeting);
                return WireBytes.Bytes("WELCOME, test\n");
            }

            await written.Task.WaitAsync(cancellationToken);
            await Fail(failure, FailedCall.Read);
            return default;
        }
    }
}
