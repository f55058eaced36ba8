using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <content>Every way to end.</content>
internal sealed partial class Connection
{
    private ClientError ToDisconnectError(ClientError error)
    {
        lock (gate)
        {
            return DisconnectReason.From(error, state == State.ByeReceived, writeError);
        }
    }

    /// <summary>Ends the conversation, unless it has ended: every call, under way or later, gets the error.</summary>
    private void Disconnect(ClientError error) => TryDisconnect(() => error, FailRequest);

    /// <summary>A function that the caller gave has thrown, or the stream as it must not: so do the calls under way.</summary>
    private void DisconnectWithException(Exception exception) =>
        TryDisconnect(
            static () => new ClientError.ClientClosed(ClosedBy.Callback),
            FailWithException(exception)
        );

    /// <summary>Gives up on the oldest thing that is owed, unless it has come since the alarm looked.</summary>
    private void OnReplyTimeout()
    {
        if (!TryDisconnect(FindTimeout, FailRequest))
        {
            replyTimer.Check();
        }
    }

    private bool TryDisconnect(
        Func<Option<ClientError>> findReason,
        Action<IPendingRequest, ClientError> complete
    )
    {
        ClientError error;
        IPendingRequest[] told;
        lock (gate)
        {
            var reason = isEnded ? default : findReason();
            if (reason.IsNone)
            {
                return false;
            }

            isEnded = true;
            EndedAt = options.TimeProvider.GetTimestamp();
            IPendingRequest[] asked = [.. pending];
            told = [.. acknowledgedQuit.Map(static bye => bye.Quit), .. asked, .. waiting];
            pending.Clear();
            waiting.Clear();
            error = (ClientError)reason;
            var thrown = NotifyDisconnected(asked, error);
            if (thrown.IsSome)
            {
                (error, complete) = (
                    new ClientError.ClientClosed(ClosedBy.Callback),
                    FailWithException((Exception)thrown)
                );
            }

            completeRequest = request => complete(request, error);
            ended.SetResult(error);
        }

        // Where all went as it was asked for, BYE is the answer; whoever has one takes no other.
        acknowledgedQuit
            .Filter(_ => error is ClientError.ClientClosed { By: ClosedBy.Quit })
            .Iter(static bye => bye.Quit.OnReply(bye.Said));
        Array.ForEach(told, completeRequest);
        cancellation.Cancel();
        return true;
    }

    /// <returns>What they threw, if they did.</returns>
    private Option<Exception> NotifyDisconnected(IPendingRequest[] unanswered, ClientError error)
    {
        try
        {
            options.OnDisconnected(error);
            Array.ForEach(unanswered, request => metrics.RequestCompleted(request.StartedAt, error));
            return default;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }

    private static void FailRequest(IPendingRequest request, ClientError error) => request.Fail(error);

    private static Action<IPendingRequest, ClientError> FailWithException(Exception exception) =>
        (request, _) => request.FailWithException(exception);

    /// <summary>What is owed for too long, if anything is.</summary>
    private Option<ClientError> FindTimeout() =>
        OldestPendingSince()
            .Filter(since => options.TimeProvider.GetElapsedTime(since) >= options.ReplyTimeout)
            .Map(_ => (ClientError)new ClientError.TimedOut(OldestOperation(), options.ReplyTimeout));

    /// <summary>Since when the oldest thing that the server owes is owed: a reply, or after BYE its end.</summary>
    private Option<long> OldestPendingSince()
    {
        lock (gate)
        {
            return pending.TryPeek(out var oldest) ? oldest.StartedAt
                : state == State.ByeReceived && !isEnded ? byeReceivedAt
                : Option<long>.None;
        }
    }
}
