namespace TinyTcp.Server.Loop;

/// <summary>
/// When to accept: after a failure not at once, so that running out of descriptors neither spins nor floods the log.
/// </summary>
internal struct Door
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan pause;

    /// <summary>When accepting is to be tried again; <see cref="TimeSpan.MaxValue"/> while the door is open.</summary>
    public TimeSpan ReopensAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>An open door.</summary>
    public Door() { }

    /// <summary>Whether a failure is the first of its episode: the one to be logged.</summary>
    public readonly bool IsFirstFailure => pause == TimeSpan.Zero;

    /// <summary>Accepting failed: pause, twice as long each time.</summary>
    public void Shut(TimeSpan now)
    {
        pause = IsFirstFailure ? Shortest : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, Longest.Ticks));
        ReopensAt = now + pause;
    }

    /// <summary>The pause is over.</summary>
    public void Reopen() => ReopensAt = TimeSpan.MaxValue;

    /// <summary>Accepting works: the episode, if there was one, is over.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Passed()
    {
        var recovered = !IsFirstFailure;
        pause = TimeSpan.Zero;
        return recovered;
    }
}
