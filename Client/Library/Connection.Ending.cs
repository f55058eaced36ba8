using LanguageExt;

namespace TinyTcp.Client;

/// <content>Every way to end.</content>
internal sealed partial class Connection
{
    private static ClientError.ProtocolBroken Unasked(string line) => new(new Breach.Unasked(line));

    /// <summary>What the end of the stream means: after BYE it is what was asked for, however it came.</summary>
    private ClientError Meaning(ClientError error)
    {
        lock (gate)
        {
            return error is not ClientError.Lost lost ? error
                : stage != Stage.Leaving ? (unsent.Length > 0 ? lost with { How = unsent } : lost)
                : lost.Begun.Length > 0 ? Unasked(lost.Begun)
                : new ClientError.Over(EndedBy.Quit);
        }
    }

    /// <summary>Ends the conversation, unless it has ended: every call, under way or later, gets the error.</summary>
    private void End(ClientError error) => End(error, waiting => waiting.Fail(error));

    /// <summary>An observer has thrown: so do the calls under way.</summary>
    private void Break(Exception observers) =>
        End(new ClientError.Over(EndedBy.Observer), waiting => waiting.Break(observers));

    private void End(ClientError error, Action<IPending> tell)
    {
        IPending[] waiting;
        lock (gate)
        {
            if (!ended.TrySetResult(error))
            {
                return;
            }

            waiting = [.. pending];
            pending.Clear();
            roomMade.Iter(static made => made.TrySetResult());
        }

        foreach (var request in waiting)
        {
            metrics.Answered(request.Since, error);
            tell(request);
        }

        closing.Cancel();
    }

    /// <summary>Since when the oldest thing that the server owes is owed: a reply, or after BYE its end.</summary>
    private Option<long> OwedSince()
    {
        lock (gate)
        {
            return pending.TryPeek(out var oldest) ? oldest.Since
                : stage == Stage.Leaving ? byeAt
                : Option<long>.None;
        }
    }

    private void GiveUp() => End(new ClientError.TimedOut(Oldest(), options.ReplyTimeout));
}
