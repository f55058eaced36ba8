using System.Net;
using TinyTcp.Client;
using Fault = TinyTcp.Systems.Fault;

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

    /// <summary>Connects, some at a time; then waits for the other threads.</summary>
    private void GetReady()
    {
        while (begun < lines && connecting < ConnectsAtOnce && Error.IsNone)
        {
            Connect();
        }

        if (greeted == lines && !isReady)
        {
            isReady = true;
            gathering.Arrive();
        }

        if (isReady && gathering.TryBegin(out window))
        {
            hasBegun = true;
            pace.Begin(window);
        }
    }

    private void Connect()
    {
        var attempt = system.Connect(endPoint);
        if (attempt.IsLeft)
        {
            Fail(NotConnected((Fault)attempt));
            return;
        }

        // The numbers of a system that accepts nobody are those of the attempts, one after the other.
        all[(int)attempt].Since = clock.Now;
        begun++;
        connecting++;
    }

    private void Welcome(int id)
    {
        var isSelf = system.PeerOf(id) is IPEndPoint { Port: > 0 } peer && peer.Equals(system.SelfOf(id));
        if (isSelf)
        {
            Fail(new ClientError.ConnectedToSelf(call.Target));
        }

        connecting--;
        all[id].Stage = LineStage.Greeting;
    }

    /// <summary>Something other than what is due: a greeting, or what should not have come.</summary>
    private void Doubt(int id, ref LoadLine line, ReadOnlySpan<byte> bytes)
    {
        if (line.Stage == LineStage.Greeting)
        {
            var heard = hearing.Greet(id, bytes);
            var isGreeted = heard.IsRight && (bool)heard;
            line.Stage = isGreeted ? LineStage.Asking : line.Stage;
            greeted += isGreeted ? 1 : 0;
            heard.IfLeft(Fail);
            return;
        }

        hearing.Judge(id, line.Place, pace.UnderWay(id), bytes).IfSome(Fail);
        (line.Stage, line.Place) = (LineStage.Doubtful, 0);
    }

    private void Lose(int id, Fault fault)
    {
        if (all[id].Stage == LineStage.Connecting)
        {
            Fail(NotConnected(fault));
        }
        else
        {
            Lose(id, fault.Text);
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

    private ClientError.NotConnected NotConnected(Fault fault) => new(call.Target, system.ErrorOf(fault));

    private Awaited AwaitedOn(int id) =>
        all[id].Stage == LineStage.Greeting ? Awaited.Greeting
        : pace.UnderWay(id) > 0 ? question.Awaits
        : Awaited.Request;

    /// <summary>The first thing that goes wrong ends the run, on all threads.</summary>
    private void Fail(ClientError error)
    {
        Error = Error || error;
        gathering.End();
    }

    /// <summary>Now and then: hands over what is counted, and sees whether anybody is kept waiting for too long.</summary>
    private void LookAround(long now)
    {
        Tally.Attend();
        for (var id = 0; id < begun && Error.IsNone; id++)
        {
            LookAt(id, now);
        }
    }

    private void LookAt(int id, long now)
    {
        if (all[id].Stage == LineStage.Connecting && now - all[id].Since > connectPatience)
        {
            Fail(new ClientError.TimedOut(Awaited.Connection, call.Options.ConnectTimeout));
        }
        else if (all[id].Stage == LineStage.Greeting && now - all[id].Since > patience)
        {
            Fail(new ClientError.TimedOut(Awaited.Greeting, call.Options.ReplyTimeout));
        }
        else if (pace.UnderWay(id) > 0 && now - pace.Since(id) > patience)
        {
            Fail(new ClientError.TimedOut(question.Awaits, call.Options.ReplyTimeout));
        }
    }

    /// <summary>
    /// Its time is over and everything is answered; or it was ended, when what is under way is not waited for.
    /// </summary>
    private bool IsDone(long now) =>
        gathering.IsOver || (hasBegun && now >= window.Until && pace.NextDue == long.MaxValue && IsIdle());

    private bool IsIdle()
    {
        for (var id = 0; id < lines; id++)
        {
            if (pace.UnderWay(id) > 0)
            {
                return false;
            }
        }

        return true;
    }
}
