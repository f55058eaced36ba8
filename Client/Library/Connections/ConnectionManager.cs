using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>
/// The current connection. With <see cref="ClientOptions.Reconnect"/>, a request after the end of a connection starts the
/// next one, after a delay that doubles with each failure in a row; a reply resets the count.
/// </summary>
/// <param name="server">The server, for errors; none for an attached stream.</param>
/// <param name="connect">Connects and reads the greeting.</param>
/// <param name="options">The clock, the callbacks, and whether to reconnect.</param>
/// <param name="metrics">Counts connections and requests.</param>
internal sealed class ConnectionManager(
    Option<ServerEndPoint> server,
    Func<CancellationToken, Task<Either<ClientError, GreetedStream>>> connect,
    ClientOptions options,
    ClientMetrics metrics
) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private int failures;
    private bool isDisposed;

    // Written under the gate.
    private volatile Connection? current;
    private volatile string greeting = "";

    /// <summary>The text of the last greeting; empty before the first connection.</summary>
    internal string Greeting => greeting;

    /// <summary>Connects if need be.</summary>
    /// <returns>The connection after its greeting; or why there is none.</returns>
    internal async Task<Either<ClientError, Connection>> GetConnectionAsync()
    {
        Either<ClientError, Connection> connection;
        lock (gate)
        {
            connection = current is { EndReason.IsNone: true } open && !isDisposed ? open : Connect([]);
        }

        return connection.IsLeft ? connection : await ((Connection)connection).Opened.ConfigureAwait(false);
    }

    /// <summary>Sends a request on the current connection, or on the next if the current one has ended. Does not block.</summary>
    internal void Send(IPendingRequest request)
    {
        if (current?.TryEnqueue(request) is not true)
        {
            EnqueueOrConnect(request).Iter(request.Fail);
        }
    }

    /// <summary>Sends a request on the current connection without connecting for it.</summary>
    /// <returns>False if there has been no connection.</returns>
    internal bool TrySendOnCurrent(IPendingRequest request)
    {
        Option<ClientError> error;
        lock (gate)
        {
            if (current is null && !isDisposed)
            {
                return false;
            }

            error = current?.TryEnqueue(request) is true ? default : EndError();
        }

        error.Iter(request.Fail);
        return true;
    }

    /// <summary>Closes the current connection and never connects again. Waits until it is closed.</summary>
    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            isDisposed = true;
        }

        // current no longer changes.
        return current?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Retries under the lock, because another thread may have connected; else connects, at most once.</summary>
    /// <returns>Why there is no connection.</returns>
    private Option<ClientError> EnqueueOrConnect(IPendingRequest request)
    {
        lock (gate)
        {
            return !isDisposed && current?.TryEnqueue(request) is true
                ? default
                : Connect([request]).Match(Left: Prelude.Some, Right: static _ => Option<ClientError>.None);
        }
    }

    /// <summary>Starts the next connection, which has the requests from its start. The lock is held.</summary>
    /// <returns>The connection, or why there is none.</returns>
    private Either<ClientError, Connection> Connect(IPendingRequest[] requests)
    {
        if (isDisposed || (current is { } last && !CanConnectAfter(last, (ClientError)last.EndReason)))
        {
            return EndError();
        }

        current = Start(current, requests);
        return current;
    }

    private ClientError EndError() =>
        isDisposed
            ? new ClientError.ClientClosed(ClosedBy.Disposal)
            : (current?.EndReason ?? default).IfNone(new ClientError.ClientClosed(ClosedBy.Disposal));

    /// <summary>After ClientClosed only if a callback threw before the connection was open; else only with Reconnect.</summary>
    private bool CanConnectAfter(Connection last, ClientError reason) =>
        reason is ClientError.ClientClosed
            ? reason is ClientError.ClientClosed { By: ClosedBy.Callback } && !last.HasOpened
            : options.Reconnect is not null;

    private Connection Start(Connection? last, IPendingRequest[] requests)
    {
        failures =
            last is null ? 0
            : last.HasReceivedReply ? 1
            : failures + 1;
        var delay = last is null ? TimeSpan.Zero : Delay(failures);

        // Not the last connection itself, which would keep those before it alive.
        var (lastEnded, endedAt) = last is null ? (Task.CompletedTask, 0) : ((Task)last.Ended, last.EndedAt);
        return new Connection(
            server,
            token => ConnectAsync(lastEnded, delay, endedAt, token),
            options,
            metrics,
            requests
        );
    }

    /// <param name="lastEnded">Completes when OnDisconnected of the last connection has returned.</param>
    /// <param name="delay">The time between the end of the last connection and this connect.</param>
    /// <param name="endedAt">When the last connection ended, as a timestamp.</param>
    /// <param name="cancellationToken">Cancels the connect.</param>
    private async Task<Either<ClientError, GreetedStream>> ConnectAsync(
        Task lastEnded,
        TimeSpan delay,
        long endedAt,
        CancellationToken cancellationToken
    )
    {
        await lastEnded.WaitAsync(cancellationToken).ConfigureAwait(false);
        var remaining =
            delay > TimeSpan.Zero ? delay - options.TimeProvider.GetElapsedTime(endedAt) : TimeSpan.Zero;
        if (remaining > TimeSpan.Zero)
        {
            await Task.Delay(remaining, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        var greeted = await connect(cancellationToken).ConfigureAwait(false);
        greeted.Iter(stream => greeting = stream.Greeting);
        return greeted;
    }

    private TimeSpan Delay(int failuresInRow) =>
        options.Reconnect is { } backoff ? backoff.GetDelay(failuresInRow, backoff.Jitter()) : TimeSpan.Zero;
}
