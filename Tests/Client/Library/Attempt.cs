using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Library;

/// <summary>One attempt, and its connection if it succeeds.</summary>
internal sealed class Attempt : IAsyncDisposable
{
    private readonly TaskCompletionSource<Either<ClientError, Attempt>> result = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    internal Attempt(IPAddress address, bool succeedsIfCancelled, CancellationToken cancellationToken)
    {
        Address = address;
        cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                if (result.Task.IsCompleted)
                {
                    return;
                }

                IsCancelled = true;
                _ = succeedsIfCancelled ? result.TrySetResult(this) : result.TrySetCanceled(token);
            },
            null
        );
    }

    internal IPAddress Address { get; }

    internal Task<Either<ClientError, Attempt>> Result => result.Task;

    internal bool IsCancelled { get; private set; }

    internal bool IsClosed { get; private set; }

    /// <summary>The error of a failed attempt.</summary>
    internal static ClientError ErrorOf(IPAddress address) =>
        new ClientError.ConnectFailed(
            TestValues.Right(ServerEndPoint.From($"{new IPEndPoint(address, 40_000)}")),
            SocketError.ConnectionRefused
        );

    internal void Succeed() => result.SetResult(this);

    internal void Fail() => result.SetResult(ErrorOf(Address));

    public ValueTask DisposeAsync()
    {
        IsClosed = true;
        return ValueTask.CompletedTask;
    }
}
