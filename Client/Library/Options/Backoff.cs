namespace TinyTcp.Client.Options;

/// <summary>
/// How long a client waits before it connects again: after each failure in a row twice as long, and never quite as long
/// as the others, so that those who were cut off together do not come back together. The loss of a connection is a
/// failure, the first in a row if the server had answered on it; the wait counts from it.
/// </summary>
/// <param name="InitialDelay">The longest wait after the first failure: more than zero, at most <paramref name="MaxDelay"/>.</param>
/// <param name="MaxDelay">The longest wait: at most a day.</param>
public sealed record Backoff(TimeSpan InitialDelay, TimeSpan MaxDelay)
{
    private const int MaxDoublings = 30;

    /// <summary>100 ms, up to 10 s.</summary>
    public static Backoff Default { get; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));

    /// <summary>Gives a number from 0 up to 1, a new one each time.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>The wait after some failures in a row: none after none, else from half of the longest up to it.</summary>
    /// <param name="failures">How many.</param>
    /// <param name="jitter">Where between the two: 0 to 1.</param>
    internal TimeSpan GetDelay(int failures, double jitter) =>
        failures <= 0
            ? TimeSpan.Zero
            : ExponentialDelay(Math.Min(failures - 1, MaxDoublings)) * (0.5 + (jitter / 2));

    private TimeSpan ExponentialDelay(int doublings) =>
        InitialDelay.TotalMilliseconds * Math.Pow(2, doublings) is var longest
        && longest < MaxDelay.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(longest)
            : MaxDelay;
}
