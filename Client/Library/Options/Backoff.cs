namespace TinyTcp.Client.Options;

/// <summary>
/// The delay before a reconnect: doubled with each failure in a row up to a maximum, with jitter. A lost connection is a failure;
/// the first in a row if the server had replied on it. The delay counts from the failure.
/// </summary>
/// <param name="InitialDelay">The longest delay after the first failure: above 0, at most <paramref name="MaxDelay"/>.</param>
/// <param name="MaxDelay">The longest delay: at most a day.</param>
public sealed record Backoff(TimeSpan InitialDelay, TimeSpan MaxDelay)
{
    private const int MaxDoublings = 30;

    /// <summary>100 ms, doubled up to 10 s.</summary>
    public static Backoff Default { get; } = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));

    /// <summary>Returns a number in [0, 1). [default: random]</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>The delay: zero without failures, else between half of the longest delay and all of it.</summary>
    /// <param name="failures">Failures in a row.</param>
    /// <param name="jitter">0 to 1: where between the two.</param>
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
