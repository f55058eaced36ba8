using System.Net;
using LanguageExt;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;
using TinyTcp.Systems;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// The load on a server: the server's own loop from the other side. It connects, begins when all connections are there,
/// sends what its <see cref="LoadScheduler"/> says, and compares every byte that comes. No lock, no task, and nothing allocated for
/// a request. Read <see cref="RunOnce"/> from top to bottom.
/// </summary>
/// <param name="system">The machine, with no listener.</param>
/// <param name="settings">Whom it calls, and how long it waits.</param>
/// <param name="endPoint">Where that is.</param>
/// <param name="profile">What it is to do.</param>
/// <param name="template">What it asks.</param>
/// <param name="scheduler">When it asks.</param>
/// <param name="clock">Its clock.</param>
internal sealed partial class LoadLoop<TSystem>(
    TSystem system,
    ConnectionSettings settings,
    EndPoint endPoint,
    LoadProfile profile,
    RequestTemplate template,
    LoadScheduler scheduler,
    LoadClock clock
) : ILoadLoop
    where TSystem : IConnectingSystem
{
    // What has come is to be heard soon, however much is due.
    private const int MaxSendsPerIteration = 32;

    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long CheckInterval = 50 * NanosecondsPerMillisecond;

    private readonly LoadConnection[] connections = new LoadConnection[profile.Connections];
    private readonly ReplyVerifier verifier = new(template, settings.ClientOptions.MaxReplyLine);
    private readonly long replyTimeout = LoadClock.Nanoseconds(settings.ClientOptions.ReplyTimeout);
    private readonly long connectTimeout = LoadClock.Nanoseconds(settings.ClientOptions.ConnectTimeout);
    private MeasurementWindow window;
    private long lastCheck;

    // Written behind the window, and read before it: another thread looks on.
    private volatile bool hasStarted;
    private volatile bool isStopped;

    /// <inheritdoc/>
    public ResultRecorder Results { get; } = new();

    /// <inheritdoc/>
    public Option<ClientError> Error { get; private set; }

    /// <inheritdoc/>
    public Option<MeasurementWindow> Window => hasStarted ? window : Option<MeasurementWindow>.None;

    /// <inheritdoc/>
    public Unit Run()
    {
        try
        {
            while (RunOnce()) { }

            return Unit.Default;
        }
        finally
        {
            CloseAll();
            system.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Stop() => isStopped = true;

    /// <summary>One turn: what happened, then what is due.</summary>
    /// <returns>False once it has ended.</returns>
    internal bool RunOnce()
    {
        system.Wait(TimeToNextDue());
        while (system.TryNext(out var ioEvent))
        {
            Handle(ioEvent);
        }

        if (hasStarted)
        {
            SendDue();
        }
        else
        {
            ConnectAll();
        }

        var now = clock.Now;
        if (now - lastCheck >= CheckInterval || IsOverdue(now))
        {
            lastCheck = now;
            CheckTimeouts(now);
        }

        var isDone = IsDone(now);
        if (isDone)
        {
            scheduler.OnEnd(now, Results.Active);
        }

        return !isDone;
    }

    /// <summary>Within a millisecond of what is due it does not wait but looks: a machine wakes nobody up on the dot.</summary>
    private TimeSpan TimeToNextDue()
    {
        var due = hasStarted ? scheduler.NextDue : long.MaxValue;
        var wait = Math.Min(due - clock.Now - NanosecondsPerMillisecond, CheckInterval);
        return wait > 0 ? TimeSpan.FromTicks(wait / 100) : TimeSpan.Zero;
    }

    private void Handle(in IoEvent ioEvent) => HandlerOf(ioEvent.Kind)(this, ioEvent);

    private static Action<LoadLoop<TSystem>, IoEvent> HandlerOf(IoEventKind kind) =>
        kind switch
        {
            IoEventKind.Received => static (loop, e) => loop.OnReceived(e.Connection, e.Bytes.Span),
            IoEventKind.PeerFinished => static (loop, e) => loop.OnLost(e.Connection, "the server closed it"),
            IoEventKind.Writable => static (loop, e) => loop.OnWritable(e.Connection),
            IoEventKind.ConnectionLost => static (loop, e) => loop.OnLost(e.Connection, e.Error),
            IoEventKind.Connected => static (loop, e) => loop.OnConnected(e.Connection),
            // A client accepts no connections.
            IoEventKind.Woken or IoEventKind.Accepted or IoEventKind.AcceptFailed => static (_, _) => { },
        };

    private void SendDue()
    {
        for (
            var sends = 0;
            sends < MaxSendsPerIteration && scheduler.TryNext(clock.Now, out var connection);
            sends++
        )
        {
            SendBatch(connection, clock.Now);
        }
    }

    private void OnReceived(int id, ReadOnlySpan<byte> bytes)
    {
        ref var connection = ref connections[id];
        var got = connection.PartialReplyBytes + bytes.Length;
        if (
            connection.State != LoadConnectionState.Active
            || !template.Matches(connection.PartialReplyBytes, bytes)
            || got > (long)scheduler.InFlight(id) * template.ReplyLength
        )
        {
            OnUnexpectedBytes(id, ref connection, bytes);
            return;
        }

        var replies = got / template.ReplyLength;
        connection.PartialReplyBytes = got - (replies * template.ReplyLength);
        if (replies > 0)
        {
            OnReplies(id, replies);
        }
    }

    private void OnReplies(int id, int replies)
    {
        var now = clock.Now;
        scheduler.OnReplies(id, replies, now, Results.Active);
        SendBatch(id, now);
    }

    /// <summary>Sends what may leave on a connection now.</summary>
    private void SendBatch(int id, long now)
    {
        ref var connection = ref connections[id];
        connection.UnsentBytes += (isStopped ? 0 : scheduler.NextBatch(id, now)) * template.RequestLength;
        if (connection.UnsentBytes > 0 && !connection.AwaitsWritable)
        {
            Send(id, ref connection);
        }
    }

    private void Send(int id, ref LoadConnection connection)
    {
        while (connection.UnsentBytes > 0)
        {
            var piece = template.RequestBytes.AsSpan(connection.PartialRequestBytes);
            piece = piece[..Math.Min(piece.Length, connection.UnsentBytes)];
            var outcome = system.Send(id, piece);
            if (outcome.IsLeft)
            {
                OnLost(id, (IoError)outcome);
                return;
            }

            var sent = (int)outcome;
            connection.UnsentBytes -= sent;
            connection.PartialRequestBytes = (connection.PartialRequestBytes + sent) % template.RequestLength;
            if (sent < piece.Length)
            {
                WaitWritable(id, ref connection);
                return;
            }
        }
    }

    /// <summary>
    /// There is no room. Who waits for room hears nothing, and a server whose replies nobody hears makes no room: so while
    /// whole requests are with it, its replies are awaited, and each of them is a reason to try again.
    /// </summary>
    private void WaitWritable(int id, ref LoadConnection connection)
    {
        var withServer = ((long)scheduler.InFlight(id) * template.RequestLength) - connection.UnsentBytes;
        if (withServer < template.RequestLength)
        {
            connection.AwaitsWritable = true;
            system.WatchWritable(id);
        }
    }

    private void OnWritable(int id)
    {
        ref var connection = ref connections[id];
        connection.AwaitsWritable = false;
        system.WatchReadable(id);
        Send(id, ref connection);
    }
}
