using System.Net;
using LanguageExt;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;
using TinyTcp.Systems;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// The event loop that loads a server. It connects, starts when all connections are established, sends what its
/// <see cref="LoadScheduler"/> says, and compares every received byte. It runs on one thread and allocates nothing for a request.
/// Start reading at <see cref="RunOnce"/>.
/// </summary>
/// <param name="system">The system, without a listener.</param>
/// <param name="settings">The target for error messages, and the timeouts.</param>
/// <param name="endPoint">The address to connect to.</param>
/// <param name="profile">The load.</param>
/// <param name="template">The request and its expected reply.</param>
/// <param name="scheduler">When requests are sent.</param>
/// <param name="clock">The clock.</param>
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
    // Bounds the time until the next receive.
    private const int MaxSendsPerIteration = 32;

    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long CheckInterval = 50 * NanosecondsPerMillisecond;

    private readonly LoadConnection[] connections = new LoadConnection[profile.Connections];
    private readonly ReplyVerifier verifier = new(template, settings.ClientOptions.MaxReplyLine);
    private readonly long replyTimeout = LoadClock.Nanoseconds(settings.ClientOptions.ReplyTimeout);
    private MeasurementWindow window;

    // Written after the window and read before it, because other threads read the window.
    private volatile bool hasStarted;
    private volatile bool isStopped;

    public LoadResult Result { get; } = new();

    public Option<ClientError> Error { get; private set; }

    public Option<MeasurementWindow> Window => hasStarted ? window : Option<MeasurementWindow>.None;

    public int Greeted => greeted;

    public Unit Run()
    {
        try
        {
            while (RunOnce()) { }

            return Unit.Default;
        }
        finally
        {
            Close();
        }
    }

    public void Stop() => isStopped = true;

    /// <summary>One iteration: handles all I/O events, then sends what is due.</summary>
    /// <returns>False at the end of the run.</returns>
    internal bool RunOnce()
    {
        HandleEvents(TimeToNextDue());
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
            CheckTimeouts(now);
        }

        var isDone = IsDone(now);
        if (isDone)
        {
            Result.End(scheduler, now, isInterrupted: isStopped && Error.IsNone);
            window = window.EndedAt(now);
        }

        return !isDone;
    }

    private void HandleEvents(TimeSpan timeout)
    {
        system.Wait(timeout);
        while (system.TryNext(out var ioEvent))
        {
            HandlerOf(ioEvent.Kind)(this, ioEvent);
        }
    }

    /// <summary>How long to wait for events. In the last millisecond before a request is due the loop polls: waits end late.</summary>
    private TimeSpan TimeToNextDue()
    {
        var due = hasStarted ? scheduler.NextDue : long.MaxValue;
        var wait = Math.Min(due - clock.Now - NanosecondsPerMillisecond, CheckInterval);
        return wait > 0 ? TimeSpan.FromTicks(wait / 100) : TimeSpan.Zero;
    }

    private static Action<LoadLoop<TSystem>, IoEvent> HandlerOf(IoEventKind kind) =>
        kind switch
        {
            IoEventKind.Received => static (loop, e) => loop.OnReceived(e.Connection, e.Bytes.Span),
            IoEventKind.PeerFinished => static (loop, e) =>
                loop.OnLost(e.Connection, StreamErrors.ClosedByServer),
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
        connection.IsSuspected = false;
        var received = connection.PartialReplyBytes + bytes.Length;
        if (
            connection.State != LoadConnectionState.Active
            || !template.Matches(connection.PartialReplyBytes, bytes)
            || received > (long)scheduler.InFlight(id) * template.ReplyLength
        )
        {
            OnUnexpectedBytes(id, ref connection, bytes);
            return;
        }

        var replies = received / template.ReplyLength;
        connection.PartialReplyBytes = received - (replies * template.ReplyLength);
        if (replies > 0)
        {
            OnReplies(id, replies);
        }
    }

    private void OnReplies(int id, int replies)
    {
        var now = clock.Now;
        scheduler.OnReplies(id, replies, now, Result);
        SendBatch(id, now);
    }

    /// <summary>Sends what the scheduler allows on a connection now.</summary>
    private void SendBatch(int id, long now)
    {
        ref var connection = ref connections[id];
        connection.UnsentBytes += (isStopped ? 0L : scheduler.NextBatch(id, now)) * template.RequestLength;
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
            piece = piece[..(int)Math.Min(piece.Length, connection.UnsentBytes)];
            var result = system.Send(id, piece);
            if (result.IsLeft)
            {
                OnLost(id, (IoError)result);
                return;
            }

            var sent = (int)result;
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
    /// The send buffer is full. A socket that is watched for writing is not read, and a server whose replies are not read may stop
    /// reading requests. So while the server has complete requests, the loop waits for replies, and sends again after each.
    /// </summary>
    private void WaitWritable(int id, ref LoadConnection connection)
    {
        var sentBytes = ((long)scheduler.InFlight(id) * template.RequestLength) - connection.UnsentBytes;
        if (sentBytes < template.RequestLength)
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
