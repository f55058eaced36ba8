using LanguageExt;

namespace TinyTcp.Client;

/// <summary>
/// The connection in use. Where one may follow another, the next comes about on demand, for all callers together, and
/// after a wait that grows with each failure in a row: a loss is one, and a reply ends the row.
/// </summary>
/// <param name="dial">Makes a connection.</param>
/// <param name="options">The clock, and whether connections follow each other.</param>
internal sealed class Link(
    Func<CancellationToken, Task<Either<ClientError, Connection>>> dial,
    ClientOptions options
) : IAsyncDisposable
{
    private readonly CancellationTokenSource disposal = new();

    // What follows is touched only by whoever holds the gate, under which nothing of anybody else's runs.
    private readonly Lock gate = new();
    private Option<Task<Either<ClientError, Connection>>> call;
    private int failures;
    private long lastFailure;

    private volatile Connection? current;

    /// <summary>The connection in use, if there has been one: it may be over.</summary>
    internal Option<Connection> Current => Prelude.Optional(current);

    /// <summary>The last call for a connection, if there has been one; it may still go on.</summary>
    internal Option<Task<Either<ClientError, Connection>>> LastCall
    {
        get
        {
            lock (gate)
            {
                return call;
            }
        }
    }

    /// <summary>A link to a connection that is there already.</summary>
    internal static Link To(Connection connection, ClientOptions options)
    {
        var made = Task.FromResult<Either<ClientError, Connection>>(connection);
        return new(_ => made, options) { call = made, current = connection };
    }

    /// <summary>
    /// A connection to ask on where the one in use will not do, or why there is none. Where no other may follow, it is the
    /// one that is over.
    /// </summary>
    internal Task<Either<ClientError, Connection>> NextAsync()
    {
        var made = new TaskCompletionSource<Either<ClientError, Connection>>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        int row;
        long since;
        lock (gate)
        {
            if (call.IsSome && !call.Bind(Ending).Exists(MayFollow))
            {
                return (Task<Either<ClientError, Connection>>)call;
            }

            call.Iter(CountLoss);
            call = made.Task;
            (row, since) = (failures, lastFailure);
        }

        _ = CallAsync(made, row, since);
        return made.Task;
    }

    /// <summary>Ends the connection in use, and every call for another.</summary>
    public async ValueTask DisposeAsync()
    {
        Option<Task<Either<ClientError, Connection>>> last;
        lock (gate)
        {
            last = call;
            call = Task.FromResult<Either<ClientError, Connection>>(new ClientError.Over(EndedBy.Disposal));
        }

        await disposal.CancelAsync().ConfigureAwait(false);
        foreach (var under in last)
        {
            // If it has failed, whoever asked for it has been told.
            await ((Task)under).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (under.IsCompletedSuccessfully && under.Result.IsRight)
            {
                await ((Connection)under.Result).DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Why a call gave no connection, or one that is over by now; none while neither is so.</summary>
    private static Option<ClientError> Ending(Task<Either<ClientError, Connection>> called) =>
        !called.IsCompletedSuccessfully
            ? default
            : called.Result.Match(
                Left: static error => error,
                Right: static connection =>
                    connection.Ended.IsCompleted ? connection.Ended.Result : Option<ClientError>.None
            );

    private bool MayFollow(ClientError ended) => options.Reconnect.IsSome && ended is not ClientError.Over;

    private void CountLoss(Task<Either<ClientError, Connection>> over) =>
        over.Result.Iter(connection =>
            (failures, lastFailure) = (connection.WasAnswered ? 1 : failures + 1, connection.EndedAt)
        );

    private async Task CallAsync(
        TaskCompletionSource<Either<ClientError, Connection>> made,
        int row,
        long since
    )
    {
        try
        {
            var wait = Wait(row, since);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, options.Time, disposal.Token).ConfigureAwait(false);
            }

            var dialled = await dial(disposal.Token).ConfigureAwait(false);
            if (dialled.IsRight)
            {
                current = (Connection)dialled;
            }
            else
            {
                CountFailure();
            }

            made.SetResult(dialled);
        }
        catch (OperationCanceledException) when (disposal.IsCancellationRequested)
        {
            made.SetResult(new ClientError.Over(EndedBy.Disposal));
        }
        catch (Exception thrown)
        {
            // By a function that the caller gave: whoever waits gets it, and whoever asks next another call.
            CountFailure();
            Forget(made.Task);
            made.SetException(thrown);
        }
    }

    private void CountFailure()
    {
        lock (gate)
        {
            (failures, lastFailure) = (failures + 1, options.Time.GetTimestamp());
        }
    }

    private void Forget(Task<Either<ClientError, Connection>> failed)
    {
        lock (gate)
        {
            call = call.Filter(last => last != failed);
        }
    }

    /// <summary>What is left of the wait after the last failure.</summary>
    private TimeSpan Wait(int row, long since) =>
        options.Reconnect.Match(
            Some: backoff => backoff.Delay(row, backoff.Chance()) - options.Time.GetElapsedTime(since),
            None: static () => TimeSpan.Zero
        );
}
