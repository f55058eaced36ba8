namespace TinyTcp.Server.Loop;

/// <summary>
/// When to accept: after a failure not at once, so that running out of descriptors does not spin. An episode of failures
/// is over once the door has been open for a while: so it is logged twice, however often it opens and shuts in between.
/// </summary>
internal struct Door
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan pause;
    private TimeSpan reopensAt = TimeSpan.MaxValue;
    private TimeSpan provenAt = TimeSpan.MaxValue;

    /// <summary>An open door.</summary>
    public Door() { }

    /// <summary>When it is to be asked again; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public readonly TimeSpan NextDue => reopensAt < provenAt ? reopensAt : provenAt;

    /// <summary>Whether a failure is the first of its episode: the one to be logged.</summary>
    public readonly bool IsFirstFailure => pause == TimeSpan.Zero;

    /// <summary>Accepting failed: pause, twice as long each time.</summary>
    public void Shut(TimeSpan now)
    {
        pause = IsFirstFailure ? Shortest : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, Longest.Ticks));
        reopensAt = now + pause;
        provenAt = TimeSpan.MaxValue;
    }

    /// <summary>Whether it is open, once a pause is over.</summary>
    public bool IsOpen(TimeSpan now)
    {
        if (reopensAt <= now)
        {
            reopensAt = TimeSpan.MaxValue;
            provenAt = now + Longest;
        }

        return reopensAt == TimeSpan.MaxValue;
    }

    /// <summary>Whether an episode is over.</summary>
    public bool TryRecover(TimeSpan now)
    {
        var isOver = provenAt <= now;
        provenAt = isOver ? TimeSpan.MaxValue : provenAt;
        pause = isOver ? TimeSpan.Zero : pause;
        return isOver;
    }
}
