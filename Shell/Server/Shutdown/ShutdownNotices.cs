using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Shutdown;

/// <summary>
/// When each connection is told that the server stops (S-9): many not all at once, so that they do not all connect to
/// the next server at once.
/// </summary>
/// <param name="Requested">When the stop was asked for; <see cref="TimeSpan.MaxValue"/> if it was not.</param>
/// <param name="Interval">How much later each next group may be told.</param>
internal readonly record struct ShutdownNotices(TimeSpan Requested, TimeSpan Interval)
{
    private const int Group = 100;

    private static readonly TimeSpan MaxInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(1);

    /// <summary>Nobody is told.</summary>
    public static ShutdownNotices None { get; } = new(TimeSpan.MaxValue, TimeSpan.Zero);

    /// <summary>Everybody is told.</summary>
    /// <param name="asked">From when on.</param>
    /// <param name="count">How many there are.</param>
    public static ShutdownNotices From(TimeSpan asked, int count) =>
        new(
            asked,
            MaxDelay / Math.Max(count / Group, 1) is var even && even < MaxInterval ? even : MaxInterval
        );

    /// <summary>When one of them is told; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan Deadline(int id, in Session session)
    {
        var late = Interval * (id / Group);
        return Requested == TimeSpan.MaxValue
            ? TimeSpan.MaxValue
            : session.ShutdownDeadline(Requested + (late < MaxDelay ? late : MaxDelay));
    }
}
