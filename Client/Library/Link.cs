using LanguageExt;

namespace TinyTcp.Client;

/// <summary>
/// The connection in use. Where one may follow another, the next comes about on demand, for all callers together, and
/// after a wait that grows with each failure in a row.
/// </summary>
/// <param name="dial">Makes a connection.</param>
/// <param name="options">The clock, and whether connections follow each other.</param>
internal sealed class Link(
    Func<CancellationToken, Task<Either<ClientError, Connection>>> dial,
    ClientOptions options
) : IAsyncDisposable
{
    private readonly CancellationTokenSource disposal = new();

    // What follows is touched only by whoever holds the gate.
    private readonly Lock gate = new();
    private Option<Task<Either<ClientError, Connection>>> call;
    private int failures;
    private long lastFailure;

    private volatile Connection? current;

    /// <summary>The connection in use, if there has been one: it may be over.</summary>
    internal Option<Connection> Current => Prelude.Optional(current);

    /// <summary>A link to a connection that is there already.</summary>
    internal static Link To(Connection connection, ClientOptions options)
    {
        var made = Task.FromResult<Either<ClientError, Connection>>(connection);
        return new(_ => made, options) { call = made, current = connection };
    }

    /// <summary>A connection to ask on where the one in use will not do, or why there is none.</summary>
    /// <param name="cancellationToken">Gives up the wait, not the call.</param>
    internal Task<Either<ClientError, Connection>> NextAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (disposal.IsCancellationRequested)
            {
                return Task.FromResult<Either<ClientError, Connection>>(
                    new ClientError.Over(EndedBy.Disposal)
                );
            }

            var over = call.Bind(Ending);
            if (call.IsNone || over.Exists(MayFollow))
            {
                call = CallAsync();
                over = default;
            }

            return over.IsSome
                ? Task.FromResult<Either<ClientError, Connection>>((ClientError)over)
                : ((Task<Either<ClientError, Connection>>)call).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends the connection in use, and every call for another.</summary>
    public async ValueTask DisposeAsync()
    {
        Option<Task<Either<ClientError, Connection>>> last;
        lock (gate)
        {
            disposal.Cancel();
            last = call;
        }

        foreach (var under in last)
        {
            var made = await under.ConfigureAwait(false);
            await made.Match(
                    Left: static _ => ValueTask.CompletedTask,
                    Right: static connection => connection.DisposeAsync()
                )
                .ConfigureAwait(false);
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

    private async Task<Either<ClientError, Connection>> CallAsync()
    {
        try
        {
            var wait = Wait();
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, options.Time, disposal.Token).ConfigureAwait(false);
            }

            var made = await dial(disposal.Token).ConfigureAwait(false);
            lock (gate)
            {
                (failures, lastFailure) = made.IsRight ? (0, 0) : (failures + 1, options.Time.GetTimestamp());
                made.Iter(connection => current = connection);
            }

            return made;
        }
        catch (OperationCanceledException)
        {
            return new ClientError.Over(EndedBy.Disposal);
        }
    }

    /// <summary>What is left of the wait after the last failure.</summary>
    private TimeSpan Wait() =>
        options.Reconnect.Match(
            Some: backoff =>
                backoff.Delay(failures, backoff.Chance()) - options.Time.GetElapsedTime(lastFailure),
            None: static () => TimeSpan.Zero
        );
}
