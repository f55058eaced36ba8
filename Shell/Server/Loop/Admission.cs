namespace TinyTcp.Server.Loop;

/// <summary>
/// Counts the connections of all loops: against the limit (S-10), and so that each loop knows its share. Once per
/// connection, never per request.
/// </summary>
/// <param name="most">The most at once; 0 for any number.</param>
internal sealed class Admission(int most)
{
    private readonly List<Share> shares = [];
    private int count;
    private int troubled;
    private long served;

    /// <summary>How many connections have a place.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>How many of them there are for each loop.</summary>
    public int Average => Count / shares.Count;

    /// <summary>How many connections there have been, with a place or refused.</summary>
    public long Served => Volatile.Read(ref served);

    /// <summary>What each loop has of them.</summary>
    public IReadOnlyList<Share> Shares => shares;

    /// <summary>One more loop, before any of them turns.</summary>
    /// <param name="wake">Has it look again whether to accept, and whom; from any thread.</param>
    public Share Join(Action wake)
    {
        var share = new Share(this, wake);
        shares.Add(share);
        return share;
    }

    /// <summary>One more connection.</summary>
    /// <returns>Its number in the log.</returns>
    public long NextSerial() => Interlocked.Increment(ref served);

    /// <summary>A loop cannot accept.</summary>
    /// <returns>Whether no other has that trouble: so it is logged once, whichever loop meets it.</returns>
    public bool IsFirstInTrouble() => Interlocked.Increment(ref troubled) == 1;

    /// <summary>A loop can accept again.</summary>
    /// <returns>Whether no other has trouble any more.</returns>
    public bool IsLastInTrouble() => Interlocked.Decrement(ref troubled) == 0;

    /// <summary>Takes a place.</summary>
    /// <returns>False where none is left.</returns>
    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref count) <= most || most == 0)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    internal void Leave() => Interlocked.Decrement(ref count);

    /// <summary>Invites all who have declined and need not any more.</summary>
    internal void Invite() => shares.ForEach(static share => share.Invite());

    /// <summary>Wakes all who have room for more.</summary>
    internal void WakeWhoHasRoom() => shares.ForEach(static share => share.WakeIfRoom());
}
