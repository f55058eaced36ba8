namespace TinyTcp.Server.Admission;

/// <summary>
/// When to accept: after a failure not at once, so that running out of descriptors does not spin. An episode of failures
/// is over once the door has been open for a while: so it is logged twice, however often it opens and shuts in between.
/// </summary>
internal struct AcceptBackoff
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    private TimeSpan pause;
    private TimeSpan retryAt = TimeSpan.MaxValue;
    private TimeSpan stableAt = TimeSpan.MaxValue;

    /// <summary>An open door.</summary>
    public AcceptBackoff() { }

    /// <summary>When it is to be asked again; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public readonly TimeSpan NextDue => retryAt < stableAt ? retryAt : stableAt;

    /// <summary>Whether a failure is the first of its episode: the one to be logged.</summary>
    public readonly bool IsFirstFailure => pause == TimeSpan.Zero;

    /// <summary>Accepting failed: pause, twice as long each time.</summary>
    public void OnFailure(TimeSpan now)
    {
        pause = IsFirstFailure ? MinPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, MaxPause.Ticks));
        retryAt = now + pause;
        stableAt = TimeSpan.MaxValue;
    }

    /// <summary>Whether it is open, once a pause is over.</summary>
    public bool TryReopen(TimeSpan now)
    {
        if (retryAt <= now)
        {
            retryAt = TimeSpan.MaxValue;
            stableAt = now + MaxPause;
        }

        return retryAt == TimeSpan.MaxValue;
    }

    /// <summary>Whether an episode is over.</summary>
    public bool TryEndEpisode(TimeSpan now)
    {
        var isOver = stableAt <= now;
        stableAt = isOver ? TimeSpan.MaxValue : stableAt;
        pause = isOver ? TimeSpan.Zero : pause;
        return isOver;
    }
}
