using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Loop;

/// <summary>
/// When each connection is told that the server stops (S-9): many not all at once, so that they do not all connect to
/// the next server at once.
/// </summary>
/// <param name="asked">When the stop was asked for; <see cref="TimeSpan.MaxValue"/> if it was not.</param>
/// <param name="step">How much later each next group may be told.</param>
internal readonly record struct Notices(TimeSpan asked, TimeSpan step)
{
    private const int Group = 100;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Nobody is told.</summary>
    public static Notices None { get; } = new(TimeSpan.MaxValue, TimeSpan.Zero);

    /// <summary>Everybody is told.</summary>
    /// <param name="asked">From when on.</param>
    /// <param name="count">How many there are.</param>
    public static Notices From(TimeSpan asked, int count) =>
        new(asked, Longest / Math.Max(count / Group, 1) is var even && even < Step ? even : Step);

    /// <summary>When one of them is told; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan Deadline(int id, in Session session)
    {
        var late = step * (id / Group);
        return asked == TimeSpan.MaxValue
            ? TimeSpan.MaxValue
            : session.ShutdownDeadline(asked + (late < Longest ? late : Longest));
    }
}
