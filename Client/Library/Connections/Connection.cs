using System.Threading.Channels;
using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>
/// One connection, shared by any number of callers, from before it connects until after it is closed. Requests wait in one
/// queue; the write loop sends them in order, in one write as many as are ready. The read loop matches each reply to the
/// oldest pending request. Callbacks of the options run one at a time and outside the lock, so they may send requests.
/// </summary>
internal sealed partial class Connection : IAsyncDisposable
{
    private readonly Option<ServerEndPoint> server;
    private readonly ClientOptions options;
    private readonly ClientMetrics metrics;
    private readonly CancellationTokenSource closing = new();
    private readonly ReadInterrupt readInterrupt;
    private readonly ReplyTimer replyTimer;
    private readonly WriteBuffer writeBuffer = new();
    private readonly TaskCompletionSource<Either<ClientError, Connection>> opened = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource<ClientError> ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    // At most one wake-up is pending.
    private readonly Channel<Unit> wakeUps = Channel.CreateBounded<Unit>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    private readonly Task running;

    // OnConnected has been called, and OnDisconnected has not. Guarded by callbackGate.
    private readonly Lock callbackGate = new();
    private bool isConnectedNotified;

    // The gate guards all that follows.
    private readonly Lock gate = new();
    private readonly Queue<IPendingRequest> sendQueue = new();
    private readonly Queue<IPendingRequest> starting = new();
    private readonly Queue<IPendingRequest> pending = new();
    private State state;
    private Option<ClientError> endReason;
    private Option<(IPendingRequest Request, ReceivedReply Reply)> acknowledgedQuit;
    private long byeReceivedAt;
    private string writeError = "";
    private bool isLastLineOverdue;

    /// <summary>Starts to connect. Never blocks and never throws.</summary>
    /// <param name="server">The server, for errors; none for an attached stream.</param>
    /// <param name="connect">Connects and reads the greeting.</param>
    /// <param name="options">Limits, time-outs and callbacks.</param>
    /// <param name="metrics">Counts connections and requests.</param>
    /// <param name="requests">Requests to enqueue before connecting.</param>
    internal Connection(
        Option<ServerEndPoint> server,
        Func<CancellationToken, Task<Either<ClientError, GreetedStream>>> connect,
        ClientOptions options,
        ClientMetrics metrics,
        params IPendingRequest[] requests
    )
    {
        this.server = server;
        this.options = options;
        this.metrics = metrics;
        readInterrupt = new(closing.Token);
        Array.ForEach(requests, sendQueue.Enqueue);

        replyTimer = WithoutContext(() =>
            new ReplyTimer(
                options.ReplyTimeout,
                options.TimeProvider,
                OldestPendingSince,
                readInterrupt.Request
            )
        );
        running = WithoutContext(() => Task.Run(() => RunAsync(connect)));
    }

    private enum State
    {
        /// <summary>No greeting yet; requests wait.</summary>
        Connecting,

        /// <summary>Requests are sent.</summary>
        Open,

        /// <summary>QUIT was sent; later requests wait for its reply.</summary>
        QuitSent,

        /// <summary>BYE was received; only the end of the stream may follow.</summary>
        ByeReceived,

        /// <summary>The connection has ended, and so have all its requests.</summary>
        Ended,
    }

    /// <summary>Completes when the server has greeted, with this connection, or with the reason why there is none.</summary>
    internal Task<Either<ClientError, Connection>> Opened => opened.Task;

    /// <summary>Whether the server has greeted and OnConnected has returned.</summary>
    internal bool HasOpened => Opened is { IsCompletedSuccessfully: true, Result.IsRight: true };

    /// <summary>Completes when the connection has ended and its callback has returned.</summary>
    internal Task<ClientError> Ended => ended.Task;

    /// <summary>Why the connection has ended; none while it has not.</summary>
    internal Option<ClientError> EndReason
    {
        get
        {
            lock (gate)
            {
                return endReason;
            }
        }
    }

    /// <summary>When the connection ended, as a timestamp of the options' clock.</summary>
    internal long EndedAt { get; private set; }

    /// <summary>Whether the server has replied to a request.</summary>
    internal bool HasReceivedReply { get; private set; }

    /// <summary>Ends the connection; its requests fail with <see cref="ClosedBy.Disposal"/>. Waits until the stream is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        End(new ClientError.ClientClosed(ClosedBy.Disposal));
        await running.ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
    }

    /// <summary>
    /// Creates a task or a timer that does not keep the caller's ExecutionContext: the connection outlives the call that makes it.
    /// </summary>
    private static T WithoutContext<T>(Func<T> create)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return create();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return create();
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task<Either<ClientError, GreetedStream>>> connect)
    {
        try
        {
            var connected = await connect(closing.Token).ConfigureAwait(false);
            if (connected.IsLeft)
            {
                End((ClientError)connected);
            }
            else
            {
                await RunLoopsAsync((GreetedStream)connected).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            OnException(exception);
        }
        finally
        {
            await replyTimer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task RunLoopsAsync(GreetedStream greeted)
    {
        await using (greeted.Stream.ConfigureAwait(false))
        {
            if (TryOpen())
            {
                metrics.ConnectionOpened();
                await Task.WhenAll(RunWriteLoopAsync(greeted.Stream), RunReadLoopAsync(greeted.Reader))
                    .ConfigureAwait(false);
                metrics.ConnectionClosed();
            }
        }
    }

    /// <summary>Announces the connection and lets requests be sent, unless it was disposed in the meantime.</summary>
    private bool TryOpen()
    {
        lock (callbackGate)
        {
            if (EndReason.IsSome)
            {
                return false;
            }

            NotifyConnected();
        }

        lock (gate)
        {
            state = state == State.Connecting ? State.Open : state;
        }

        opened.TrySetResult(this);
        WakeWriter();
        return true;
    }

    /// <summary>Calls OnConnected. If the callback disposes the client, OnDisconnected is called inside it.</summary>
    private void NotifyConnected()
    {
        isConnectedNotified = true;
        try
        {
            options.Logger.Connected(server);
            options.OnConnected();
        }
        catch
        {
            isConnectedNotified = false;
            throw;
        }
    }
}
