using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>
/// The connection in use. Where one may follow another, the next comes about on demand, for all callers together, and
/// after a wait that grows with each failure in a row: a loss is one, and a reply ends the row.
/// </summary>
/// <param name="dial">Makes a connection.</param>
/// <param name="options">The clock, and whether connections follow each other.</param>
internal sealed partial class ConnectionManager(
    Func<CancellationToken, Task<Either<ClientError, Connection>>> dial,
    ClientOptions options
) : IAsyncDisposable
{
    private readonly CancellationTokenSource disposal = new();
    private readonly TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What follows is touched only by whoever holds the gate, under which nothing of anybody else's runs.
    private readonly Lock gate = new();
    private readonly Queue<IPendingRequest> waiting = new();
    private Option<Task<Either<ClientError, Connection>>> lastAttempt;
    private int failures;
    private long lastFailureAt;
    private bool isDisposing;

    // It is another only once nobody waits for that: whoever asks on it at once overtakes nobody.
    private volatile Connection? current;
    private volatile string greeting = "";

    /// <summary>What the last server said after <c>WELCOME,</c>; empty before the first connection.</summary>
    internal string Greeting => greeting;

    /// <summary>A link to a connection that is there already.</summary>
    internal static ConnectionManager ForConnection(Connection connection, ClientOptions options)
    {
        var made = Task.FromResult<Either<ClientError, Connection>>(connection);
        return new(_ => made, options)
        {
            lastAttempt = made,
            current = connection,
            greeting = connection.GreetingText,
        };
    }

    /// <summary>
    /// Asks on the connection in use; where that will not do, on the next, in turn. Whoever waits for the request will hear.
    /// One that is over by then is not followed by another: else a server that greets and goes would be called without end.
    /// </summary>
    internal void Send(IPendingRequest request)
    {
        if (current?.TryEnqueue(request) is not true)
        {
            SendOnNext(request, BeginConnect);
        }
    }

    /// <summary>The same, but that nothing is connected to for it.</summary>
    /// <returns>False where there has been no connection: nothing was asked.</returns>
    internal bool TrySendFinal(IPendingRequest request) =>
        current?.TryEnqueue(request) is true || SendOnNext(request, static () => default);

    /// <summary>
    /// A connection to ask on where the one in use will not do, or why there is none. Where no other may follow, it is the
    /// one that is over.
    /// </summary>
    internal Task<Either<ClientError, Connection>> GetConnectionAsync()
    {
        Option<ConnectAttempt> begun;
        Task<Either<ClientError, Connection>> last;
        lock (gate)
        {
            begun = BeginConnect();
            last = (Task<Either<ClientError, Connection>>)lastAttempt;
        }

        begun.Iter(StartConnect);
        return last;
    }

    /// <summary>Ends the connection in use, and every call for another.</summary>
    /// <returns>When they have ended, whoever began to end them.</returns>
    public async ValueTask DisposeAsync()
    {
        bool isFirst;
        Option<Task<Either<ClientError, Connection>>> last;
        lock (gate)
        {
            (isFirst, isDisposing, last) = (!isDisposing, true, lastAttempt);
            lastAttempt = Task.FromResult<Either<ClientError, Connection>>(
                new ClientError.ClientClosed(ClosedBy.Disposal)
            );
        }

        if (isFirst)
        {
            await DisposeAttemptAsync(last).ConfigureAwait(false);
        }

        await disposed.Task.ConfigureAwait(false);
    }

    private async Task DisposeAttemptAsync(Option<Task<Either<ClientError, Connection>>> attempt)
    {
        try
        {
            await disposal.CancelAsync().ConfigureAwait(false);
            foreach (var under in attempt)
            {
                // If it has failed, whoever asked for it has been told.
                await ((Task)under).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (under.IsCompletedSuccessfully && under.Result.IsRight)
                {
                    await ((Connection)under.Result).DisposeAsync().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            disposed.SetResult();
        }
    }

    /// <summary>Has a request wait for the call under way; or asks on what the last one gave.</summary>
    /// <param name="request">The request.</param>
    /// <param name="beginConnect">Begins a call where there is to be one.</param>
    /// <returns>False where there has been no call.</returns>
    private bool SendOnNext(IPendingRequest request, Func<Option<ConnectAttempt>> beginConnect)
    {
        Option<ConnectAttempt> begun;
        Option<Task<Either<ClientError, Connection>>> last;
        bool isUnderWay;
        lock (gate)
        {
            begun = beginConnect();
            last = lastAttempt;
            isUnderWay = last.Exists(static made => !made.IsCompleted);
            if (isUnderWay)
            {
                waiting.Enqueue(request);
            }
        }

        begun.Iter(StartConnect);
        last.Filter(_ => !isUnderWay).Iter(made => _ = SendOnAsync(made.Result, request));
        return last.IsSome;
    }

    private static async Task SendOnAsync(Either<ClientError, Connection> attempted, IPendingRequest request)
    {
        if (attempted.IsLeft)
        {
            request.Fail((ClientError)attempted);
        }
        else if (!((Connection)attempted).TryEnqueue(request))
        {
            request.Fail(await ((Connection)attempted).Ended.ConfigureAwait(false));
        }
    }
}
