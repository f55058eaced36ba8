namespace TinyTcp.Server.Loop;

/// <summary>Counts the connections of all loops against the limit (S-10): once per connection, never per request.</summary>
/// <param name="most">The most at once; 0 for any number.</param>
internal sealed class Admission(int most)
{
    private int count;

    /// <summary>How many connections have a place.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Takes a place.</summary>
    /// <returns>False where none is left.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref count) <= most || most == 0)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref count);
}
