using System.Diagnostics.CodeAnalysis;
using LanguageExt;

namespace TinyTcp.Client;

/// <content>Calls for a connection, one at a time.</content>
internal sealed partial class Link
{
    /// <summary>Begins a call, unless the last one will do.</summary>
    private Option<Call> Begin()
    {
        if (call.IsSome && !call.Bind(Ending).Exists(MayFollow))
        {
            return default;
        }

        call.Iter(CountLoss);
        var begun = new Call(new(TaskCreationOptions.RunContinuationsAsynchronously), failures, lastFailure);
        call = begun.Made.Task;
        return begun;
    }

    /// <summary>Why a call gave no connection, or one that is over by now; none while neither is so.</summary>
    private static Option<ClientError> Ending(Task<Either<ClientError, Connection>> called) =>
        !called.IsCompletedSuccessfully
            ? default
            : called.Result.Match(Left: static error => error, Right: Ending);

    private static Option<ClientError> Ending(Connection connection) =>
        connection.Ended.IsCompleted ? connection.Ended.Result : Option<ClientError>.None;

    private bool MayFollow(ClientError ended) => options.Reconnect.IsSome && ended is not ClientError.Over;

    private void CountLoss(Task<Either<ClientError, Connection>> over) =>
        over.Result.Iter(connection =>
            (failures, lastFailure) = (connection.WasAnswered ? 1 : failures + 1, connection.EndedAt)
        );

    private void Start(Call begun) => _ = CallAsync(begun);

    private async Task CallAsync(Call under)
    {
        try
        {
            var wait = Wait(under);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, options.Time, disposal.Token).ConfigureAwait(false);
            }

            var dialled = await dial(disposal.Token).ConfigureAwait(false);
            if (dialled.IsRight)
            {
                await TakeUpAsync(under, (Connection)dialled).ConfigureAwait(false);
            }
            else
            {
                Fail(under, (ClientError)dialled);
            }
        }
        catch (OperationCanceledException) when (disposal.IsCancellationRequested)
        {
            Fail(under, new ClientError.Over(EndedBy.Disposal));
        }
        catch (Exception thrown)
        {
            Break(under, thrown);
        }
    }

    /// <summary>
    /// Asks what has waited for a connection, in turn; only then others ask on it. What was asked since, and finds it over
    /// already, waits for the next: whoever asked may have been told of that end, and asked again.
    /// </summary>
    private async Task TakeUpAsync(Call under, Connection connection)
    {
        greeting = connection.Welcome;
        for (var early = CountWaiting(); TryTakeWaiting(under, connection, early > 0, out var next); early--)
        {
            await AskOnAsync(connection, next).ConfigureAwait(false);
        }
    }

    private int CountWaiting()
    {
        lock (gate)
        {
            return waiting.Count;
        }
    }

    private bool TryTakeWaiting(
        Call under,
        Connection connection,
        bool isEarly,
        [MaybeNullWhen(false)] out IPending next
    )
    {
        next = null;
        var begun = Option<Call>.None;
        lock (gate)
        {
            if ((isEarly || !WantsAnotherThan(connection)) && waiting.TryDequeue(out next))
            {
                return true;
            }

            current = connection;
            under.Made.SetResult(connection);
            begun = waiting.Count > 0 ? Begin() : begun;
        }

        begun.Iter(Start);
        return false;
    }

    /// <summary>Whether a connection is over, and something waits for which there is to be another.</summary>
    private bool WantsAnotherThan(Connection last) =>
        !isDisposing
        && Ending(last).Exists(MayFollow)
        && waiting.Any(static request => !request.IsGivenUp && !request.Awaited.IsQuit);

    private void Fail(Call failed, ClientError why) =>
        Array.ForEach(End(() => failed.Made.SetResult(why)), request => request.Fail(why));

    /// <summary>A function that the caller gave has thrown: whoever waits gets that, and whoever asks next another call.</summary>
    private void Break(Call failed, Exception thrown) =>
        Array.ForEach(
            End(() =>
            {
                call = call.Filter(last => last != failed.Made.Task);
                failed.Made.SetException(thrown);

                // Perhaps nobody but those who are told now waits for it.
                _ = failed.Made.Task.Exception;
            }),
            request => request.Break(thrown)
        );

    /// <summary>Ends a call that gave no connection.</summary>
    /// <param name="end">Says so to whoever waits for the call itself.</param>
    /// <returns>What waits to be asked.</returns>
    private IPending[] End(Action end)
    {
        lock (gate)
        {
            (failures, lastFailure) = (failures + 1, options.Time.GetTimestamp());
            IPending[] left = [.. waiting];
            waiting.Clear();
            end();
            return left;
        }
    }

    /// <summary>What is left of the wait after the last failure.</summary>
    private TimeSpan Wait(Call under) =>
        options.Reconnect.Match(
            Some: backoff =>
                backoff.Delay(under.Row, backoff.Chance()) - options.Time.GetElapsedTime(under.Since),
            None: static () => TimeSpan.Zero
        );

    /// <summary>A call for a connection.</summary>
    /// <param name="Made">What comes of it.</param>
    /// <param name="Row">How many failures in a row there were before.</param>
    /// <param name="Since">When the last of them was.</param>
    private sealed record Call(
        TaskCompletionSource<Either<ClientError, Connection>> Made,
        int Row,
        long Since
    );
}
