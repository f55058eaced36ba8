using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <content>Ends the connection, once.</content>
internal sealed partial class Connection
{
    /// <summary>Ends the connection. Its requests fail with the error.</summary>
    private void End(ClientError error) => TryEnd(error, default);

    /// <summary>
    /// Ends the connection after an exception of a callback. Its requests fail with the exception. Exceptions that the end
    /// itself causes are expected.
    /// </summary>
    private void OnException(Exception exception)
    {
        var isExpected =
            exception is OperationCanceledException or ObjectDisposedException
            && closing.IsCancellationRequested;
        if (!isExpected)
        {
            TryEnd(new ClientError.ClientClosed(ClosedBy.Callback), exception);
        }
    }

    /// <param name="reason">Why the connection ends.</param>
    /// <param name="exception">The exception that requests fail with instead, if any.</param>
    /// <param name="trigger">The request whose reply ends the connection, if any: it fails like those that are pending.</param>
    /// <returns>False if the connection had ended before.</returns>
    private bool TryEnd(
        ClientError reason,
        Option<Exception> exception,
        Option<IPendingRequest> trigger = default
    )
    {
        var error = reason.WithServer(server);
        IPendingRequest[] unanswered;
        IPendingRequest[] unsent;
        lock (gate)
        {
            if (state == State.Ended)
            {
                return false;
            }

            (endReason, EndedAt) = (error, options.TimeProvider.GetTimestamp());
            state = State.Ended;
            (unanswered, unsent) = ([.. pending], [.. starting, .. sendQueue]);
            pending.Clear();
            starting.Clear();
            sendQueue.Clear();
        }

        FinishEnd(error, exception, unanswered, [.. trigger, .. unanswered, .. unsent]);
        return true;
    }

    /// <summary>
    /// Calls OnDisconnected and completes the requests. Never waits for a callback that runs on another thread: it may need a
    /// lock that the caller holds.
    /// </summary>
    private void FinishEnd(
        ClientError error,
        Option<Exception> exception,
        IPendingRequest[] unanswered,
        IPendingRequest[] requests
    )
    {
        if (callbackGate.TryEnter())
        {
            Finish();
        }
        else
        {
            _ = Task.Run(() =>
            {
                callbackGate.Enter();
                Finish();
            });
        }

        void Finish()
        {
            var thrown = NotifyEnded(unanswered, error);
            callbackGate.Exit();
            CompleteEnd(error, exception || thrown, requests);
        }
    }

    private void CompleteEnd(ClientError error, Option<Exception> exception, IPendingRequest[] requests)
    {
        CompleteRequests(requests, error, exception);
        CompleteOpened(error, exception);
        ended.SetResult(error);
        closing.Cancel();
    }

    /// <summary>Calls OnDisconnected, and counts the requests even if it throws. callbackGate is held.</summary>
    /// <returns>The exception of the callback of a meter's listener or of the logger, if one threw.</returns>
    private Option<Exception> NotifyEnded(IPendingRequest[] unanswered, ClientError error)
    {
        var wasConnected = isConnectedNotified;
        isConnectedNotified = false;
        var logException = Catch(() => options.Logger.Ended(error, wasConnected));
        var callbackException = Catch(() =>
        {
            if (wasConnected)
            {
                options.OnDisconnected(error);
            }
        });
        var metricsException = Catch(() =>
        {
            acknowledgedQuit.Iter(quit =>
                metrics.RequestCompleted(quit.Request.StartedAt, IsQuit(error) ? default : error)
            );
            Array.ForEach(unanswered, request => metrics.RequestCompleted(request.StartedAt, error));
        });
        return callbackException || metricsException || logException;
    }

    private static bool IsQuit(ClientError error) => error is ClientError.ClientClosed { By: ClosedBy.Quit };

    private static Option<Exception> Catch(Action action)
    {
        try
        {
            action();
            return default;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private void CompleteRequests(IPendingRequest[] requests, ClientError error, Option<Exception> exception)
    {
        foreach (var (quit, reply) in acknowledgedQuit)
        {
            if (exception.IsNone && IsQuit(error))
            {
                quit.OnReply(reply);
            }
            else
            {
                Complete(quit);
            }
        }

        Array.ForEach(requests, Complete);

        void Complete(IPendingRequest request) =>
            exception.Match(Some: request.FailWithException, None: () => request.Fail(error));
    }

    private void CompleteOpened(ClientError error, Option<Exception> exception)
    {
        if (exception.IsNone)
        {
            opened.TrySetResult(error);
        }
        else if (opened.TrySetException((Exception)exception))
        {
            // Observed here, because no caller may await it.
            _ = opened.Task.Exception;
        }
    }

    /// <summary>What the end of the stream means: after BYE, the end that QUIT asked for.</summary>
    private ClientError ToEndReason(ClientError error)
    {
        lock (gate)
        {
            return error is not ClientError.ConnectionLost lost ? error
                : state != State.ByeReceived
                    ? writeError.Length > 0 ? lost with { Detail = writeError }
                        : lost
                : lost.PartialLine.Length > 0 ? ReceivedReply.ToUnsolicitedLine(lost.PartialLine)
                : new ClientError.ClientClosed(ClosedBy.Quit);
        }
    }

    /// <summary>Finds a deadline that is over, and why the connection ends then.</summary>
    private Option<ClientError> FindOverdue()
    {
        lock (gate)
        {
            if (isLastLineOverdue)
            {
                return new ClientError.ConnectionLost(OldestOperation(), writeError, PartialLine: "");
            }
        }

        return replyTimer.CheckExpired()
            ? new ClientError.TimedOut(OldestOperation(), options.ReplyTimeout)
            : Option<ClientError>.None;
    }

    /// <summary>Since when the oldest request is pending, or after BYE the close; none if nothing is.</summary>
    private Option<long> OldestPendingSince()
    {
        lock (gate)
        {
            return pending.TryPeek(out var oldest) ? oldest.StartedAt
                : state == State.ByeReceived ? byeReceivedAt
                : Option<long>.None;
        }
    }
}
