using System.Net;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Systems;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// The load on a server: the server's own loop from the other side. It connects, begins when all connections are there,
/// sends what its <see cref="Pace"/> says, and compares every byte that comes. No lock, no task, and nothing allocated for
/// a request. Read <see cref="Turn"/> from top to bottom.
/// </summary>
/// <param name="system">The machine, with no listener.</param>
/// <param name="call">Whom it calls, and how long it waits.</param>
/// <param name="endPoint">Where that is.</param>
/// <param name="load">What it is to do.</param>
/// <param name="question">What it asks.</param>
/// <param name="pace">When it asks.</param>
/// <param name="clock">Its clock.</param>
internal sealed partial class LoadLoop<TSystem>(
    TSystem system,
    Call call,
    EndPoint endPoint,
    Load load,
    Question question,
    Pace pace,
    LoadClock clock
) : ILoad
    where TSystem : IConnectingSystem
{
    // What has come is to be heard soon, however much is due.
    private const int SendsPerTurn = 32;

    private const long Millisecond = 1_000_000;
    private const long LooksAround = 50 * Millisecond;

    private readonly LoadConnection[] all = new LoadConnection[load.Connections];
    private readonly Hearing hearing = new(question, call.Options.MaxReplyLine);
    private readonly long patience = LoadClock.Nanoseconds(call.Options.ReplyTimeout);
    private readonly long connectPatience = LoadClock.Nanoseconds(call.Options.ConnectTimeout);
    private Window window;
    private long looked;

    // Written behind the window, and read before it: another thread looks on.
    private volatile bool hasBegun;
    private volatile bool isOver;

    /// <inheritdoc/>
    public Handover Handover { get; } = new();

    /// <inheritdoc/>
    public Option<ClientError> Error { get; private set; }

    /// <inheritdoc/>
    public Option<Window> Window => hasBegun ? window : Option<Window>.None;

    /// <inheritdoc/>
    public Unit Run()
    {
        try
        {
            while (Turn()) { }

            return Unit.Default;
        }
        finally
        {
            CloseAll();
            system.Dispose();
        }
    }

    /// <inheritdoc/>
    public void End() => isOver = true;

    /// <summary>One turn: what happened, then what is due.</summary>
    /// <returns>False once it has ended.</returns>
    internal bool Turn()
    {
        system.Wait(UntilNextDue());
        while (system.TryNext(out var ioEvent))
        {
            Handle(ioEvent);
        }

        if (hasBegun)
        {
            SendWhatIsDue();
        }
        else
        {
            GetReady();
        }

        var now = clock.Now;
        if (now - looked >= LooksAround || IsOverdue(now))
        {
            looked = now;
            LookAround(now);
        }

        var isDone = IsDone(now);
        if (isDone)
        {
            pace.GiveUp(now, Handover.Counting);
        }

        return !isDone;
    }

    /// <summary>Within a millisecond of what is due it does not wait but looks: a machine wakes nobody up on the dot.</summary>
    private TimeSpan UntilNextDue()
    {
        var due = hasBegun ? pace.NextDue : long.MaxValue;
        var wait = Math.Min(due - clock.Now - Millisecond, LooksAround);
        return wait > 0 ? TimeSpan.FromTicks(wait / 100) : TimeSpan.Zero;
    }

    private void Handle(in IoEvent ioEvent) => HandlerOf(ioEvent.Kind)(this, ioEvent);

    private static Action<LoadLoop<TSystem>, IoEvent> HandlerOf(IoEventKind kind) =>
        kind switch
        {
            IoEventKind.Received => static (loop, e) => loop.Receive(e.Connection, e.Bytes.Span),
            IoEventKind.PeerFinished => static (loop, e) => loop.Lose(e.Connection, "the server closed it"),
            IoEventKind.Writable => static (loop, e) => loop.Resume(e.Connection),
            IoEventKind.ConnectionLost => static (loop, e) => loop.Lose(e.Connection, e.Error),
            IoEventKind.Connected => static (loop, e) => loop.Welcome(e.Connection),
            // A client accepts no connections.
            IoEventKind.Woken or IoEventKind.Accepted or IoEventKind.AcceptFailed => static (_, _) => { },
        };

    private void SendWhatIsDue()
    {
        for (var sends = 0; sends < SendsPerTurn && pace.TryNext(clock.Now, out var connection); sends++)
        {
            Ask(connection, clock.Now);
        }
    }

    private void Receive(int id, ReadOnlySpan<byte> bytes)
    {
        ref var connection = ref all[id];
        var got = connection.Place + bytes.Length;
        if (
            connection.Stage != ConnectionStage.Asking
            || !question.Expects(connection.Place, bytes)
            || got > (long)pace.UnderWay(id) * question.ReplyLength
        )
        {
            Doubt(id, ref connection, bytes);
            return;
        }

        var replies = got / question.ReplyLength;
        connection.Place = got - (replies * question.ReplyLength);
        if (replies > 0)
        {
            Answer(id, replies);
        }
    }

    private void Answer(int id, int replies)
    {
        var now = clock.Now;
        pace.Answer(id, replies, now, Handover.Counting);
        Ask(id, now);
    }

    /// <summary>Sends what may leave on a connection now.</summary>
    private void Ask(int id, long now)
    {
        ref var connection = ref all[id];
        connection.Unsent += (isOver ? 0 : pace.Leave(id, now)) * question.RequestLength;
        if (connection.Unsent > 0 && !connection.AwaitsRoom)
        {
            Send(id, ref connection);
        }
    }

    private void Send(int id, ref LoadConnection connection)
    {
        while (connection.Unsent > 0)
        {
            var piece = question.Requests.AsSpan(connection.SentPlace);
            piece = piece[..Math.Min(piece.Length, connection.Unsent)];
            var outcome = system.Send(id, piece);
            if (outcome.IsLeft)
            {
                Lose(id, (IoError)outcome);
                return;
            }

            var sent = (int)outcome;
            connection.Unsent -= sent;
            connection.SentPlace = (connection.SentPlace + sent) % question.RequestLength;
            if (sent < piece.Length)
            {
                Stall(id, ref connection);
                return;
            }
        }
    }

    /// <summary>
    /// There is no room. Who waits for room hears nothing, and a server whose replies nobody hears makes no room: so while
    /// whole requests are with it, its replies are awaited, and each of them is a reason to try again.
    /// </summary>
    private void Stall(int id, ref LoadConnection connection)
    {
        var withServer = ((long)pace.UnderWay(id) * question.RequestLength) - connection.Unsent;
        if (withServer < question.RequestLength)
        {
            connection.AwaitsRoom = true;
            system.WatchWritable(id);
        }
    }

    private void Resume(int id)
    {
        ref var connection = ref all[id];
        connection.AwaitsRoom = false;
        system.WatchReadable(id);
        Send(id, ref connection);
    }
}
