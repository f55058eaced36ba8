using System.Net.Sockets;
using TinyTcp.Client.Primitives;
using TinyTcp.Systems;

namespace TinyTcp.Cli.Bench.Engine;

/// <content>Connecting, slow-path replies, errors, timeouts and the end of a run.</content>
internal sealed partial class LoadLoop<TSystem>
{
    // Fewer than the usual backlog of a listener.
    private const int MaxConcurrentConnects = 100;

    // A server that never stops sending always leaves something for the next wait. This is more waits than it takes to see once
    // what all connections had received.
    private const int MinWaits = 64;
    private const int ConnectionsPerWait = 64;

    private const long MinPause = 10 * CheckInterval;

    // The end of the last pause of this process. Requests that waited for it were sent late, so their time starts there.
    private long resumedAt;
    private long lastCheck = clock.Now;
    private long lastConnectAt = clock.Now;
    private int attempted;
    private int connecting;
    private volatile int greeted;

    /// <summary>
    /// Closes all connections and the system. Nothing more is expected on them, so they are reset: the side that closes a TCP
    /// connection first keeps its port for a minute (TIME_WAIT), and the next run could run out of ports.
    /// </summary>
    internal void Close()
    {
        for (; attempted > 0; attempted--)
        {
            system.AbortOnClose(attempted - 1);
            system.Close(attempted - 1);
        }

        system.Dispose();
    }

    /// <summary>Connects, a limited number at a time, and starts the load when all connections are greeted.</summary>
    private void ConnectAll()
    {
        while (
            attempted < profile.Connections
            && connecting < MaxConcurrentConnects
            && !isStopped
            && TryConnect()
        ) { }

        if (greeted == profile.Connections)
        {
            StartLoad();
        }
    }

    private void StartLoad()
    {
        window = profile.WindowFrom(clock.Now);
        scheduler.Start(window);
        hasStarted = true;
    }

    /// <summary>Ends the run with an error, unless it has one already.</summary>
    private void Fail(ClientError error)
    {
        Error = Error || error.WithServer(settings.Target);
        Stop();
    }

    /// <summary>
    /// Begins a connect. A Unix socket with a full backlog rejects it, and cannot be watched: it is tried again in the next
    /// iteration.
    /// </summary>
    private bool TryConnect()
    {
        var attempt = system.Connect(endPoint);
        if (attempt.IsLeft)
        {
            OnNotBegun((IoError)attempt);
            return false;
        }

        // A system without a listener numbers its connections from 0.
        connections[(int)attempt].StartedAt = lastConnectAt = clock.Now;
        attempted++;
        connecting++;
        return true;
    }

    private void OnNotBegun(IoError error)
    {
        var timeout = settings.ClientOptions.ConnectTimeout;
        if (error.SocketError != SocketError.WouldBlock)
        {
            Fail(NotConnected(error));
        }
        else if (clock.Now - lastConnectAt >= LoadClock.Nanoseconds(timeout))
        {
            Fail(new ClientError.TimedOut(PendingOperation.Connection, timeout));
        }
    }

    private void OnConnected(int id)
    {
        if (system.IsSelfConnected(id))
        {
            Fail(new ClientError.ConnectedToSelf(settings.Target));
        }

        connecting--;
        (connections[id].State, connections[id].StartedAt, connections[id].IsSuspected) = (
            LoadConnectionState.AwaitingGreeting,
            clock.Now,
            false
        );
    }

    /// <summary>Handles bytes that are not the expected replies: a greeting, another time, or an error.</summary>
    private void OnUnexpectedBytes(int id, ref LoadConnection connection, ReadOnlySpan<byte> bytes)
    {
        if (connection.State == LoadConnectionState.AwaitingGreeting)
        {
            var greeting = verifier.VerifyGreeting(id, bytes);
            var isGreeted = greeting.IsRight && (bool)greeting;
            connection.State = isGreeted ? LoadConnectionState.Active : connection.State;
            greeted += isGreeted ? 1 : 0;
            greeting.IfLeft(Fail);
            return;
        }

        var replies = verifier.Verify(id, connection.PartialReplyBytes, scheduler.InFlight(id), bytes);
        (connection.State, connection.PartialReplyBytes) = (LoadConnectionState.Verifying, 0);
        replies.Match(Left: Fail, Right: verified => OnVerified(id, verified));
    }

    /// <summary>Counts correct replies, and expects the last of them from now on.</summary>
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

        if (verifier.TryRestore(id, out var length))
        {
            (connections[id].State, connections[id].PartialReplyBytes) = (LoadConnectionState.Active, length);
        }

        OnReplies(id, verified.Count);
    }

    /// <summary>Keeps the incomplete replies of all connections, which start with the bytes expected until now.</summary>
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
        var expected = template.ExpectedPrefix(connections[id].PartialReplyBytes);
        var partialLine =
            verifier.PartialLine(id) is { Length: > 0 } line ? line
            : expected.IsEmpty ? ""
            : Quote.Of(expected);
        Fail(new ClientError.ConnectionLost(PendingOn(id), reason, partialLine));
    }

    private ClientError.ConnectFailed NotConnected(IoError error) => new(settings.Target, error.SocketError);

    private PendingOperation PendingOn(int id) =>
        connections[id].State == LoadConnectionState.AwaitingGreeting ? PendingOperation.Greeting
        : scheduler.InFlight(id) > 0 ? template.ExpectedReply
        : PendingOperation.Request;

    /// <summary>
    /// Ends the run if a connection has waited too long. Before that, everything that has arrived is handled: after a pause of
    /// this process, or if there are more events than one wait reports, replies may have arrived in time.
    /// </summary>
    private void CheckTimeouts(long now)
    {
        resumedAt = now - lastCheck < Math.Max(MinPause, replyTimeout / 2) ? resumedAt : now;
        lastCheck = now;
        if (!Suspect(now) && !IsOverdue(now))
        {
            return;
        }

        var waits = MinWaits + (attempted / ConnectionsPerWait);
        do
        {
            HandleEvents(TimeSpan.Zero);
        } while (!system.HasReportedAll && --waits > 0);

        for (var id = 0; id < attempted && !isStopped; id++)
        {
            if (connections[id].IsSuspected)
            {
                var (operation, _, timeout) = WaitOf(id, now);
                Fail(new ClientError.TimedOut(operation, timeout));
            }
        }
    }

    /// <summary>Marks the connections that have waited too long.</summary>
    /// <returns>Whether there are any.</returns>
    private bool Suspect(long now)
    {
        var isAny = false;
        for (var id = 0; id < attempted; id++)
        {
            var (_, since, timeout) = WaitOf(id, now);
            connections[id].IsSuspected = now - Math.Max(since, resumedAt) >= LoadClock.Nanoseconds(timeout);
            isAny |= connections[id].IsSuspected;
        }

        return isAny;
    }

    /// <summary>What a connection waits for, since when, and for how long at most.</summary>
    private (PendingOperation Operation, long Since, TimeSpan Timeout) WaitOf(int id, long now) =>
        connections[id].State switch
        {
            LoadConnectionState.Connecting => (
                PendingOperation.Connection,
                connections[id].StartedAt,
                settings.ClientOptions.ConnectTimeout
            ),
            LoadConnectionState.AwaitingGreeting => (
                PendingOperation.Greeting,
                connections[id].StartedAt,
                settings.ClientOptions.ReplyTimeout
            ),
            LoadConnectionState.Active or LoadConnectionState.Verifying => (
                template.ExpectedReply,
                scheduler.InFlight(id) > 0 ? scheduler.OldestSentAt(id) : now,
                settings.ClientOptions.ReplyTimeout
            ),
        };

    /// <summary>Whether the run was stopped, or the window is over and all requests are answered or overdue.</summary>
    private bool IsDone(long now) =>
        isStopped
        || IsOverdue(now)
        || (
            hasStarted
            && (now >= window.Until || scheduler.HasSentAll)
            && scheduler.NextDue == long.MaxValue
            && IsIdle()
        );

    /// <summary>Bounds the wait for the last replies of a server that is slower than the load.</summary>
    private bool IsOverdue(long now) => hasStarted && now >= Math.Max(window.Until, resumedAt) + replyTimeout;

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
