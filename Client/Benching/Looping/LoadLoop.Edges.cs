using TinyTcp.Client;
using TinyTcp.Systems;

namespace TinyTcp.Cli.Benching.Looping;

/// <content>How it begins, and every way in which it can end.</content>
internal sealed partial class LoadLoop<TSystem>
{
    // As many as a server that listens as usual lets wait.
    private const int ConnectsAtOnce = 100;

    private int begun;
    private int connecting;
    private int greeted;

    private void CloseAll()
    {
        for (; begun > 0; begun--)
        {
            system.Close(begun - 1);
        }
    }

    /// <summary>Connects, some at a time; begins once all are greeted.</summary>
    private void GetReady()
    {
        while (begun < load.Connections && connecting < ConnectsAtOnce && !isOver)
        {
            Connect();
        }

        if (greeted == load.Connections)
        {
            Begin();
        }
    }

    private void Begin()
    {
        var start = clock.Now;
        var from = start + LoadClock.Nanoseconds(load.WarmUp);
        window = new Window(start, from, from + LoadClock.Nanoseconds(load.Duration));
        pace.Begin(window);
        hasBegun = true;
    }

    /// <summary>Something has gone wrong, and so it ends; what went wrong first is kept.</summary>
    private void Fail(ClientError error)
    {
        Error = Error || error;
        End();
    }

    private void Connect()
    {
        var attempt = system.Connect(endPoint);
        if (attempt.IsLeft)
        {
            Fail(NotConnected((IoError)attempt));
            return;
        }

        // The numbers of a system that accepts nobody are those of the attempts, one after the other.
        all[(int)attempt].Since = clock.Now;
        begun++;
        connecting++;
    }

    private void Welcome(int id)
    {
        if (system.IsSelfConnected(id))
        {
            Fail(new ClientError.ConnectedToSelf(call.Target));
        }

        connecting--;
        (all[id].Stage, all[id].Since) = (ConnectionStage.Greeting, clock.Now);
    }

    /// <summary>Something other than what is due: a greeting, or what should not have come.</summary>
    private void Doubt(int id, ref LoadConnection connection, ReadOnlySpan<byte> bytes)
    {
        if (connection.Stage == ConnectionStage.Greeting)
        {
            var heard = hearing.Greet(id, bytes);
            var isGreeted = heard.IsRight && (bool)heard;
            connection.Stage = isGreeted ? ConnectionStage.Asking : connection.Stage;
            greeted += isGreeted ? 1 : 0;
            heard.IfLeft(Fail);
            return;
        }

        var judged = hearing.Judge(id, connection.Place, pace.UnderWay(id), bytes);
        (connection.Stage, connection.Place) = (ConnectionStage.Doubtful, 0);
        judged.Match(Left: Fail, Right: right => Believe(id, right));
    }

    /// <summary>Replies were right, though not as expected: such as the last of them are expected from now on.</summary>
    private void Believe(int id, RightReplies right)
    {
        if (right.Count == 0)
        {
            return;
        }

        if (!question.Expects(0, right.Last.Span))
        {
            KeepBeginnings();
            question.Expect(right.Last);
        }

        if (hearing.Forget(id, out var place))
        {
            (all[id].Stage, all[id].Place) = (ConnectionStage.Asking, place);
        }

        Answer(id, right.Count);
    }

    /// <summary>What has come of replies is what was expected until now.</summary>
    private void KeepBeginnings()
    {
        for (var id = 0; id < load.Connections; id++)
        {
            if (all[id].Place > 0)
            {
                hearing.Keep(id, all[id].Place);
                (all[id].Stage, all[id].Place) = (ConnectionStage.Doubtful, 0);
            }
        }
    }

    private void Lose(int id, IoError error)
    {
        if (all[id].Stage == ConnectionStage.Connecting)
        {
            Fail(NotConnected(error));
        }
        else
        {
            Lose(id, error.Text);
        }
    }

    private void Lose(int id, string how)
    {
        var place = question.Begun(all[id].Place);
        var unfinished =
            hearing.Begun(id) is { Length: > 0 } heard ? heard
            : place.IsEmpty ? ""
            : Quote.Of(place);
        Fail(new ClientError.Lost(AwaitedOn(id), how, unfinished));
    }

    private ClientError.NotConnected NotConnected(IoError error) => new(call.Target, error.SocketError);

    private Awaited AwaitedOn(int id) =>
        all[id].Stage == ConnectionStage.Greeting ? Awaited.Greeting
        : pace.UnderWay(id) > 0 ? question.Awaits
        : Awaited.Request;

    /// <summary>Now and then: hands over what is counted, and sees whether anybody is kept waiting for too long.</summary>
    private void LookAround(long now)
    {
        Handover.Attend();
        for (var id = 0; id < begun && !isOver; id++)
        {
            LookAt(id, now);
        }
    }

    private void LookAt(int id, long now)
    {
        if (all[id].Stage == ConnectionStage.Connecting && now - all[id].Since > connectPatience)
        {
            Fail(new ClientError.TimedOut(Awaited.Connection, call.Options.ConnectTimeout));
        }
        else if (all[id].Stage == ConnectionStage.Greeting && now - all[id].Since > patience)
        {
            Fail(new ClientError.TimedOut(Awaited.Greeting, call.Options.ReplyTimeout));
        }
        else if (pace.UnderWay(id) > 0 && now - pace.Since(id) > patience)
        {
            Fail(new ClientError.TimedOut(question.Awaits, call.Options.ReplyTimeout));
        }
    }

    /// <summary>
    /// Its time is over, and everything is answered or has been waited for long enough; or it was ended, when what is under
    /// way is not waited for.
    /// </summary>
    private bool IsDone(long now) =>
        isOver
        || IsOverdue(now)
        || (hasBegun && now >= window.Until && pace.NextDue == long.MaxValue && IsIdle());

    /// <summary>A server that bears less than its load is not waited for until it has answered all of it.</summary>
    private bool IsOverdue(long now) => hasBegun && now >= window.Until + patience;

    private bool IsIdle()
    {
        for (var id = 0; id < load.Connections; id++)
        {
            if (pace.UnderWay(id) > 0)
            {
                return false;
            }
        }

        return true;
    }
}
