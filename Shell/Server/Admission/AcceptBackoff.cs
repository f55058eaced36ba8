namespace TinyTcp.Server.Admission;

/// <summary>
/// When to accept again after accepting has failed: pauses of 10 ms to 1 s, each twice as long as the one before. A series
/// of failures ends when accepting has been on for 1 s without another, so that it can be logged once.
/// </summary>
internal struct AcceptBackoff
{
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    private TimeSpan pause;
    private TimeSpan retryAt;

    /// <summary>Whether a series of failures has begun and not ended.</summary>
    public readonly bool IsFailing => pause > TimeSpan.Zero;

    private readonly TimeSpan StableAt => retryAt + MaxPause;

    /// <summary>Whether to wait before the next attempt.</summary>
    public readonly bool IsPaused(TimeSpan now) => IsFailing && now < retryAt;

    /// <summary>When the pause or the series ends; <see cref="TimeSpan.MaxValue"/> without a series.</summary>
    public readonly TimeSpan NextDue(TimeSpan now) =>
        !IsFailing ? TimeSpan.MaxValue
        : IsPaused(now) ? retryAt
        : StableAt;

    /// <summary>Begins a pause.</summary>
    public void OnFailure(TimeSpan now)
    {
        pause = IsFailing ? TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, MaxPause.Ticks)) : MinPause;
        retryAt = now + pause;
    }

    /// <summary>Accepting is on again. A delay of the loop after the pause is not a time without failures.</summary>
    public void OnResumed(TimeSpan now) => retryAt = now;

    /// <summary>Ends the series of failures if it is time.</summary>
    /// <returns>Whether it ended.</returns>
    public bool TryEnd(TimeSpan now)
    {
        var hasEnded = IsFailing && now >= StableAt;
        if (hasEnded)
        {
            this = default;
        }

        return hasEnded;
    }
}
