using System.Net;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Admission;

/// <summary>
/// Counts the connections of all loops: against the limits (S-10, S-11), and so that each loop knows its share. Once
/// per connection, never per request.
/// </summary>
/// <param name="limits">The most at once, of all and of one address.</param>
internal sealed class ConnectionLimiter(Limits limits)
{
    /// <summary>
    /// How many of each loop's who were refused are given the time to read why. The others are closed at once, so that a
    /// storm of them takes nothing from those who have a place.
    /// </summary>
    public const int MaxLingeringRejections = 16;

    private readonly List<AcceptShare> shares = [];
    private readonly ConnectionsPerAddress addresses = new(limits.MaxConnectionsPerAddress);
    private int maxConnections = limits.MaxConnections;
    private int count;
    private int failingLoops;
    private long served;
    private long rejected;
    private long aborted;

    /// <summary>How many may have a place at once; 0 for any number. Who has one keeps it where that becomes less.</summary>
    public int MaxConnections
    {
        get => Volatile.Read(ref maxConnections);
        set => Volatile.Write(ref maxConnections, value);
    }

    /// <summary>How many connections have a place.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Whether it has to be known who is at the other end of a connection.</summary>
    public bool NeedsPeerAddress => addresses.IsEnabled;

    /// <summary>How many of them there are for each loop.</summary>
    public int Average => Count / shares.Count;

    /// <summary>How many connections there have been, with a place or refused.</summary>
    public long Served => Volatile.Read(ref served);

    /// <summary>How many have been refused.</summary>
    public long Rejected => Volatile.Read(ref rejected);

    /// <summary>How many conversations a stop has cut.</summary>
    public long Aborted => Volatile.Read(ref aborted);

    /// <summary>What each loop has of them.</summary>
    public IReadOnlyList<AcceptShare> Shares => shares;

    /// <summary>One more loop, before any of them turns.</summary>
    /// <param name="wake">Has it look again whether to accept, and whom; from any thread.</param>
    public AcceptShare Join(Action wake)
    {
        AcceptShare share = new AcceptShare(this, wake);
        shares.Add(share);
        return share;
    }

    /// <summary>One more connection.</summary>
    /// <returns>Its number in the log.</returns>
    public long NextConnectionId() => Interlocked.Increment(ref served);

    /// <summary>A stop has cut some.</summary>
    public void CountAborted(int count) => Interlocked.Add(ref aborted, count);

    /// <summary>A loop cannot accept.</summary>
    /// <returns>Whether no other has that trouble: so it is logged once, whichever loop meets it.</returns>
    public bool BeginAcceptFailure() => Interlocked.Increment(ref failingLoops) == 1;

    /// <summary>A loop can accept again.</summary>
    /// <returns>Whether no other has trouble any more.</returns>
    public bool EndAcceptFailure() => Interlocked.Decrement(ref failingLoops) == 0;

    /// <summary>Takes a place.</summary>
    /// <returns>What has befallen the connection: it is opened, or why there is no place for it.</returns>
    internal SessionEvent Acquire(EndPoint peer)
    {
        var outcome = TryAcquire(peer);
        if (outcome != SessionEvent.Opened)
        {
            Interlocked.Increment(ref rejected);
        }

        return outcome;
    }

    private SessionEvent TryAcquire(EndPoint peer)
    {
        if (!TryCount())
        {
            return SessionEvent.ServerFull;
        }

        if (addresses.TryAcquire(peer))
        {
            return SessionEvent.Opened;
        }

        Interlocked.Decrement(ref count);
        return SessionEvent.AddressFull;
    }

    /// <summary>Counts one more, if it may be: at no time, not even for a moment, are there more.</summary>
    private bool TryCount()
    {
        for (var seen = Count; MaxConnections == 0 || seen < MaxConnections; )
        {
            var before = Interlocked.CompareExchange(ref count, seen + 1, seen);
            if (before == seen)
            {
                return true;
            }

            seen = before;
        }

        return false;
    }

    /// <summary>Gives a place back.</summary>
    internal void Release(EndPoint peer)
    {
        addresses.Release(peer);
        Interlocked.Decrement(ref count);
    }

    /// <summary>Invites all who have declined and need not any more.</summary>
    internal void ResumeAccepting() => shares.ForEach(static share => share.ResumeAccepting());

    /// <summary>Wakes all who have room for more.</summary>
    internal void WakeUnderloaded() => shares.ForEach(static share => share.WakeIfUnderloaded());
}
