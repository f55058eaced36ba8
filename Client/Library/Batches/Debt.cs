using LanguageExt;

namespace TinyTcp.Client;

/// <summary>
/// What the server of a batch owes, and the alarm that rings when it owes it for too long: told by the side that sends and by
/// the side that hears.
/// </summary>
internal sealed class Debt : IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly Patience patience;
    private long pieces;
    private long since;
    private volatile bool isSending;
    private volatile bool isSuspended;
    private volatile bool isForgiven;

    /// <param name="options">How long it may be owed, on which clock.</param>
    /// <param name="late">Called when it has been owed for too long.</param>
    internal Debt(ClientOptions options, Action late)
    {
        time = options.Time;
        patience = new(options.ReplyTimeout, time, OwedSince, late);
    }

    /// <summary>Whether replies are due, or a piece on its way is to be taken.</summary>
    internal bool IsOwed => !isForgiven && (isSending || Volatile.Read(ref pieces) > 0);

    /// <summary>The clock's timestamp of the last sign of the server's.</summary>
    internal long Since => Volatile.Read(ref since);

    /// <summary>A piece leaves, and the replies to so many pieces are due with it.</summary>
    internal void Sending(int due)
    {
        if (!IsOwed)
        {
            Volatile.Write(ref since, time.GetTimestamp());
        }

        // In this order: an alarm that rings meanwhile must not find that nothing is owed, or that it is for long.
        isSending = true;
        Interlocked.Add(ref pieces, due);
        patience.Begin();
    }

    /// <summary>The piece has been taken.</summary>
    internal void Sent() => isSending = false;

    /// <summary>Replies have come, and with them all to so many pieces.</summary>
    internal void Heard(int answered)
    {
        Volatile.Write(ref since, time.GetTimestamp());
        Interlocked.Add(ref pieces, -answered);
    }

    /// <summary>The caller takes the replies: as long as it does, it is not the server that is slow.</summary>
    internal void Suspend() => isSuspended = true;

    /// <summary>The caller has taken them.</summary>
    internal void Resume()
    {
        Volatile.Write(ref since, time.GetTimestamp());
        isSuspended = false;
    }

    /// <summary>Nothing is owed any more: QUIT has been answered (S-4).</summary>
    internal void Forgive() => isForgiven = true;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => patience.DisposeAsync();

    private Option<long> OwedSince() =>
        !IsOwed ? Option<long>.None
        : isSuspended ? time.GetTimestamp()
        : Since;
}
