using LanguageExt;

namespace TinyTcp.Client;

/// <content>Every way to end.</content>
internal sealed partial class Connection
{
    private ClientError Meaning(ClientError error)
    {
        lock (gate)
        {
            return Ending.Of(error, stage == Stage.Leaving, unsent);
        }
    }

    /// <summary>Ends the conversation, unless it has ended: every call, under way or later, gets the error.</summary>
    private void End(ClientError error) => TryEnd(() => error, Fail);

    /// <summary>A function that the caller gave has thrown, or the stream as it must not: so do the calls under way.</summary>
    private void Break(Exception thrown) =>
        TryEnd(static () => new ClientError.Over(EndedBy.Observer), Throw(thrown));

    /// <summary>Gives up on the oldest thing that is owed, unless it has come since the alarm looked.</summary>
    private void GiveUp()
    {
        if (!TryEnd(Overdue, Fail))
        {
            patience.Look();
        }
    }

    private bool TryEnd(Func<Option<ClientError>> why, Action<IPending, ClientError> telling)
    {
        ClientError error;
        IPending[] told;
        lock (gate)
        {
            var reason = isEnding ? default : why();
            if (reason.IsNone)
            {
                return false;
            }

            isEnding = true;
            EndedAt = options.Time.GetTimestamp();
            IPending[] asked = [.. pending];
            told = [.. leaving.Map(static bye => bye.Quit), .. asked, .. waiting];
            pending.Clear();
            waiting.Clear();
            error = (ClientError)reason;
            var thrown = TellObservers(asked, error);
            if (thrown.IsSome)
            {
                (error, telling) = (new ClientError.Over(EndedBy.Observer), Throw((Exception)thrown));
            }

            tell = request => telling(request, error);
            ended.SetResult(error);
        }

        // Where all went as it was asked for, BYE is the answer; whoever has one takes no other.
        leaving
            .Filter(_ => error is ClientError.Over { By: EndedBy.Quit })
            .Iter(static bye => bye.Quit.Hear(bye.Said));
        Array.ForEach(told, tell);
        closing.Cancel();
        return true;
    }

    /// <returns>What they threw, if they did.</returns>
    private Option<Exception> TellObservers(IPending[] asked, ClientError error)
    {
        try
        {
            options.Disconnected(error);
            Array.ForEach(asked, request => metrics.Answered(request.Since, error));
            return default;
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }

    private static void Fail(IPending request, ClientError error) => request.Fail(error);

    private static Action<IPending, ClientError> Throw(Exception thrown) =>
        (request, _) => request.Break(thrown);

    /// <summary>What is owed for too long, if anything is.</summary>
    private Option<ClientError> Overdue() =>
        OwedSince()
            .Filter(since => options.Time.GetElapsedTime(since) >= options.ReplyTimeout)
            .Map(_ => (ClientError)new ClientError.TimedOut(Oldest(), options.ReplyTimeout));

    /// <summary>Since when the oldest thing that the server owes is owed: a reply, or after BYE its end.</summary>
    private Option<long> OwedSince()
    {
        lock (gate)
        {
            return pending.TryPeek(out var oldest) ? oldest.Since
                : stage == Stage.Leaving && !isEnding ? byeAt
                : Option<long>.None;
        }
    }
}
