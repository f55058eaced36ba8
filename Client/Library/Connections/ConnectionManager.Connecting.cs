using System.Diagnostics.CodeAnalysis;
using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <content>Calls for a connection, one at a time.</content>
internal sealed partial class ConnectionManager
{
    /// <summary>Begins a call, unless the last one will do.</summary>
    private Option<ConnectAttempt> BeginConnect()
    {
        if (lastAttempt.IsSome && !lastAttempt.Bind(FindDisconnectReason).Exists(CanReconnectAfter))
        {
            return default;
        }

        lastAttempt.Iter(CountDisconnect);
        var begun = new ConnectAttempt(
            new(TaskCreationOptions.RunContinuationsAsynchronously),
            failures,
            lastFailureAt
        );
        lastAttempt = begun.Completion.Task;
        return begun;
    }

    /// <summary>Why a call gave no connection, or one that is over by now; none while neither is so.</summary>
    private static Option<ClientError> FindDisconnectReason(Task<Either<ClientError, Connection>> attempt) =>
        !attempt.IsCompletedSuccessfully
            ? default
            : attempt.Result.Match(Left: static error => error, Right: FindDisconnectReason);

    private static Option<ClientError> FindDisconnectReason(Connection connection) =>
        connection.Ended.IsCompleted ? connection.Ended.Result : Option<ClientError>.None;

    private bool CanReconnectAfter(ClientError reason) =>
        options.Reconnect.IsSome && reason is not ClientError.ClientClosed;

    private void CountDisconnect(Task<Either<ClientError, Connection>> attempt) =>
        attempt.Result.Iter(connection =>
            (failures, lastFailureAt) = (connection.HasReceivedReply ? 1 : failures + 1, connection.EndedAt)
        );

    private void StartConnect(ConnectAttempt attempt) => _ = ConnectAsync(attempt);

    private async Task ConnectAsync(ConnectAttempt attempt)
    {
        try
        {
            var wait = GetRemainingDelay(attempt);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, options.TimeProvider, disposal.Token).ConfigureAwait(false);
            }

            var dialled = await dial(disposal.Token).ConfigureAwait(false);
            if (dialled.IsRight)
            {
                await FlushWaitingAsync(attempt, (Connection)dialled).ConfigureAwait(false);
            }
            else
            {
                FailConnect(attempt, (ClientError)dialled);
            }
        }
        catch (OperationCanceledException) when (disposal.IsCancellationRequested)
        {
            FailConnect(attempt, new ClientError.ClientClosed(ClosedBy.Disposal));
        }
        catch (Exception thrown)
        {
            FailConnectWithException(attempt, thrown);
        }
    }

    /// <summary>
    /// Asks what has waited for a connection, in turn; only then others ask on it. What was asked since, and finds it over
    /// already, waits for the next: whoever asked may have been told of that end, and asked again.
    /// </summary>
    private async Task FlushWaitingAsync(ConnectAttempt attempt, Connection connection)
    {
        greeting = connection.GreetingText;
        for (
            var early = CountWaiting();
            TryDequeueWaiting(attempt, connection, early > 0, out var next);
            early--
        )
        {
            await SendOnAsync(connection, next).ConfigureAwait(false);
        }
    }

    private int CountWaiting()
    {
        lock (gate)
        {
            return waiting.Count;
        }
    }

    private bool TryDequeueWaiting(
        ConnectAttempt attempt,
        Connection connection,
        bool wasWaiting,
        [MaybeNullWhen(false)] out IPendingRequest request
    )
    {
        request = null;
        var begun = Option<ConnectAttempt>.None;
        lock (gate)
        {
            if ((wasWaiting || !NeedsConnectionAfter(connection)) && waiting.TryDequeue(out request))
            {
                return true;
            }

            current = connection;
            attempt.Completion.SetResult(connection);
            begun = waiting.Count > 0 ? BeginConnect() : begun;
        }

        begun.Iter(StartConnect);
        return false;
    }

    /// <summary>Whether a connection is over, and something waits for which there is to be another.</summary>
    private bool NeedsConnectionAfter(Connection connection) =>
        !isDisposing
        && FindDisconnectReason(connection).Exists(CanReconnectAfter)
        && waiting.Any(static request => !request.IsCompleted && !request.Operation.IsQuit);

    private void FailConnect(ConnectAttempt attempt, ClientError error) =>
        Array.ForEach(EndAttempt(() => attempt.Completion.SetResult(error)), request => request.Fail(error));

    /// <summary>A function that the caller gave has thrown: whoever waits gets that, and whoever asks next another call.</summary>
    private void FailConnectWithException(ConnectAttempt attempt, Exception exception) =>
        Array.ForEach(
            EndAttempt(() =>
            {
                lastAttempt = lastAttempt.Filter(last => last != attempt.Completion.Task);
                attempt.Completion.SetException(exception);

                // Perhaps nobody but those who are told now waits for it.
                _ = attempt.Completion.Task.Exception;
            }),
            request => request.FailWithException(exception)
        );

    /// <summary>Ends a call that gave no connection.</summary>
    /// <param name="complete">Says so to whoever waits for the call itself.</param>
    /// <returns>What waits to be asked.</returns>
    private IPendingRequest[] EndAttempt(Action complete)
    {
        lock (gate)
        {
            (failures, lastFailureAt) = (failures + 1, options.TimeProvider.GetTimestamp());
            IPendingRequest[] left = [.. waiting];
            waiting.Clear();
            complete();
            return left;
        }
    }

    /// <summary>What is left of the wait after the last failure.</summary>
    private TimeSpan GetRemainingDelay(ConnectAttempt attempt) =>
        options.Reconnect.Match(
            Some: backoff =>
                backoff.GetDelay(attempt.Failures, backoff.Jitter())
                - options.TimeProvider.GetElapsedTime(attempt.LastFailureAt),
            None: static () => TimeSpan.Zero
        );

    /// <summary>A call for a connection.</summary>
    /// <param name="Completion">What comes of it.</param>
    /// <param name="Failures">How many failures in a row there were before.</param>
    /// <param name="LastFailureAt">When the last of them was.</param>
    private sealed record ConnectAttempt(
        TaskCompletionSource<Either<ClientError, Connection>> Completion,
        int Failures,
        long LastFailureAt
    );
}
