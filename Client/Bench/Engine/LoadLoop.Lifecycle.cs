using TinyTcp.Client.Primitives;
using TinyTcp.Systems;

namespace TinyTcp.Cli.Bench.Engine;

/// <content>How it begins, and every way in which it can end.</content>
internal sealed partial class LoadLoop<TSystem>
{
    // As many as a server that listens as usual lets wait.
    private const int MaxConcurrentConnects = 100;

    private int attempted;
    private int connecting;
    private int greeted;

    private void CloseAll()
    {
        for (; attempted > 0; attempted--)
        {
            system.Close(attempted - 1);
        }
    }

    /// <summary>Connects, some at a time; begins once all are greeted.</summary>
    private void ConnectAll()
    {
        while (attempted < profile.Connections && connecting < MaxConcurrentConnects && !isStopped)
        {
            Connect();
        }

        if (greeted == profile.Connections)
        {
            StartLoad();
        }
    }

    private void StartLoad()
    {
        var start = clock.Now;
        var from = start + LoadClock.Nanoseconds(profile.WarmUp);
        window = new MeasurementWindow(start, from, from + LoadClock.Nanoseconds(profile.Duration));
        scheduler.Start(window);
        hasStarted = true;
    }

    /// <summary>Something has gone wrong, and so it ends; what went wrong first is kept.</summary>
    private void Fail(ClientError error)
    {
        Error = Error || error;
        Stop();
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
        connections[(int)attempt].StartedAt = clock.Now;
        attempted++;
        connecting++;
    }

    private void OnConnected(int id)
    {
        if (system.IsSelfConnected(id))
        {
            Fail(new ClientError.ConnectedToSelf(settings.Target));
        }

        connecting--;
        (connections[id].State, connections[id].StartedAt) = (
            LoadConnectionState.AwaitingGreeting,
            clock.Now
        );
    }

    /// <summary>Something other than what is due: a greeting, or what should not have come.</summary>
    private void OnUnexpectedBytes(int id, ref LoadConnection connection, ReadOnlySpan<byte> bytes)
    {
        if (connection.State == LoadConnectionState.AwaitingGreeting)
        {
            var heard = verifier.VerifyGreeting(id, bytes);
            var isGreeted = heard.IsRight && (bool)heard;
            connection.State = isGreeted ? LoadConnectionState.Active : connection.State;
            greeted += isGreeted ? 1 : 0;
            heard.IfLeft(Fail);
            return;
        }

        var judged = verifier.Verify(id, connection.PartialReplyBytes, scheduler.InFlight(id), bytes);
        (connection.State, connection.PartialReplyBytes) = (LoadConnectionState.Verifying, 0);
        judged.Match(Left: Fail, Right: right => OnVerified(id, right));
    }

    /// <summary>Replies were right, though not as expected: such as the last of them are expected from now on.</summary>
    private void OnVerified(int id, VerifiedReplies verified)
    {
        if (verified.Count == 0)
        {
            return;
        }

        if (!template.Matches(0, verified.Last.Span))
        {
            SavePartialReplies();
            template.SetExpected(verified.Last);
        }

        if (verifier.TryRestore(id, out var place))
        {
            (connections[id].State, connections[id].PartialReplyBytes) = (LoadConnectionState.Active, place);
        }

        OnReplies(id, verified.Count);
    }

    /// <summary>What has come of replies is what was expected until now.</summary>
    private void SavePartialReplies()
    {
        for (var id = 0; id < profile.Connections; id++)
        {
            if (connections[id].PartialReplyBytes > 0)
            {
                verifier.SavePartial(id, connections[id].PartialReplyBytes);
                (connections[id].State, connections[id].PartialReplyBytes) = (
                    LoadConnectionState.Verifying,
                    0
                );
            }
        }
    }

    private void OnLost(int id, IoError error)
    {
        if (connections[id].State == LoadConnectionState.Connecting)
        {
            Fail(NotConnected(error));
        }
        else
        {
            OnLost(id, error.Text);
        }
    }

    private void OnLost(int id, string reason)
    {
        var place = template.ExpectedPrefix(connections[id].PartialReplyBytes);
        var unfinished =
            verifier.PartialLine(id) is { Length: > 0 } heard ? heard
            : place.IsEmpty ? ""
            : Quote.Of(place);
        Fail(new ClientError.ConnectionLost(AwaitedOn(id), reason, unfinished));
    }

    private ClientError.ConnectFailed NotConnected(IoError error) => new(settings.Target, error.SocketError);

    private PendingOperation AwaitedOn(int id) =>
        connections[id].State == LoadConnectionState.AwaitingGreeting ? PendingOperation.Greeting
        : scheduler.InFlight(id) > 0 ? template.AwaitedReply
        : PendingOperation.Request;

    /// <summary>Now and then: hands over what is counted, and sees whether anybody is kept waiting for too long.</summary>
    private void CheckTimeouts(long now)
    {
        Results.SwapIfRequested();
        for (var id = 0; id < attempted && !isStopped; id++)
        {
            CheckTimeout(id, now);
        }
    }

    private void CheckTimeout(int id, long now)
    {
        if (
            connections[id].State == LoadConnectionState.Connecting
            && now - connections[id].StartedAt > connectTimeout
        )
        {
            Fail(
                new ClientError.TimedOut(PendingOperation.Connection, settings.ClientOptions.ConnectTimeout)
            );
        }
        else if (
            connections[id].State == LoadConnectionState.AwaitingGreeting
            && now - connections[id].StartedAt > replyTimeout
        )
        {
            Fail(new ClientError.TimedOut(PendingOperation.Greeting, settings.ClientOptions.ReplyTimeout));
        }
        else if (scheduler.InFlight(id) > 0 && now - scheduler.OldestSentAt(id) > replyTimeout)
        {
            Fail(new ClientError.TimedOut(template.AwaitedReply, settings.ClientOptions.ReplyTimeout));
        }
    }

    /// <summary>
    /// Its time is over, and everything is answered or has been waited for long enough; or it was ended, when what is under
    /// way is not waited for.
    /// </summary>
    private bool IsDone(long now) =>
        isStopped
        || IsOverdue(now)
        || (hasStarted && now >= window.Until && scheduler.NextDue == long.MaxValue && IsIdle());

    /// <summary>A server that bears less than its load is not waited for until it has answered all of it.</summary>
    private bool IsOverdue(long now) => hasStarted && now >= window.Until + replyTimeout;

    private bool IsIdle()
    {
        for (var id = 0; id < profile.Connections; id++)
        {
            if (scheduler.InFlight(id) > 0)
            {
                return false;
            }
        }

        return true;
    }
}
