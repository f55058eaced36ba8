using System;
using System.Collections.Immutable;

namespace TinyTcp.Core.Sessions;

/// <summary>All limits.</summary>
public static class LimitTable
{
    private const long OneDay = 24 * 60 * 60 * 1_000;

    /// <summary>The row of <see cref="Limits.MaxLine"/>.</summary>
    public static LimitSpec MaxLine { get; } =
        new(
            "max-line",
            LimitUnit.Bytes,
            least: 64,
            most: 16 * 1024 * 1024,
            zeroIsOff: false,
            "The most bytes of a line before its LF.",
            "F-4",
            static limits => limits.MaxLine,
            static (limits, value) => limits with { MaxLine = (int)value }
        );

    /// <summary>The row of <see cref="Limits.IdleTimeout"/>.</summary>
    public static LimitSpec IdleTimeout { get; } =
        Time(
            "idle-timeout",
            "The longest time between two lines.",
            "S-5",
            static limits => limits.IdleTimeout,
            static (limits, time) => limits with { IdleTimeout = time }
        );

    /// <summary>The row of <see cref="Limits.LineTimeout"/>.</summary>
    public static LimitSpec LineTimeout { get; } =
        Time(
            "line-timeout",
            "The longest time from a line's first byte to its LF.",
            "S-6",
            static limits => limits.LineTimeout,
            static (limits, time) => limits with { LineTimeout = time }
        );

    /// <summary>The row of <see cref="Limits.WriteTimeout"/>.</summary>
    public static LimitSpec WriteTimeout { get; } =
        Time(
            "write-timeout",
            "The longest time in which a client takes nothing of the replies that wait for it.",
            "S-12",
            static limits => limits.WriteTimeout,
            static (limits, time) => limits with { WriteTimeout = time }
        );

    /// <summary>The row of <see cref="Limits.MaxUnreadOutput"/>.</summary>
    public static LimitSpec MaxUnreadOutput { get; } =
        new(
            "max-unread-output",
            LimitUnit.Bytes,
            least: 1_024,
            most: 16 * 1024 * 1024,
            zeroIsOff: false,
            "The most bytes of replies that wait for a client; then it is not read until it has taken them.",
            "S-12",
            static limits => limits.MaxUnreadOutput,
            static (limits, value) => limits with { MaxUnreadOutput = (int)value }
        );

    /// <summary>The row of <see cref="Limits.MaxErrors"/>.</summary>
    public static LimitSpec MaxErrors { get; } =
        Count(
            "max-errors",
            "The most requests in a row that are answered by an error.",
            "S-7",
            static limits => limits.MaxErrors,
            static (limits, count) => limits with { MaxErrors = count }
        );

    /// <summary>The row of <see cref="Limits.MaxConnections"/>.</summary>
    public static LimitSpec MaxConnections { get; } =
        Count(
            "max-connections",
            "The most connections at once.",
            "S-10",
            static limits => limits.MaxConnections,
            static (limits, count) => limits with { MaxConnections = count }
        );

    /// <summary>The row of <see cref="Limits.MaxConnectionsPerAddress"/>.</summary>
    public static LimitSpec MaxConnectionsPerAddress { get; } =
        Count(
            "max-connections-per-address",
            "The most connections at once of one address; of IPv6, of one /64.",
            "S-11",
            static limits => limits.MaxConnectionsPerAddress,
            static (limits, count) => limits with { MaxConnectionsPerAddress = count }
        );

    /// <summary>The rows.</summary>
    public static ImmutableArray<LimitSpec> Rows { get; } =
    [
        MaxLine,
        IdleTimeout,
        LineTimeout,
        WriteTimeout,
        MaxUnreadOutput,
        MaxErrors,
        MaxConnections,
        MaxConnectionsPerAddress,
    ];

    private static LimitSpec Time(
        string name,
        string meaning,
        string rule,
        Func<Limits, TimeSpan> get,
        Func<Limits, TimeSpan, Limits> set
    ) =>
        new(
            name,
            LimitUnit.Milliseconds,
            least: 1,
            most: OneDay,
            zeroIsOff: true,
            meaning,
            rule,
            limits => (long)get(limits).TotalMilliseconds,
            (limits, value) => set(limits, TimeSpan.FromMilliseconds(value))
        );

    private static LimitSpec Count(
        string name,
        string meaning,
        string rule,
        Func<Limits, int> get,
        Func<Limits, int, Limits> set
    ) =>
        new(
            name,
            LimitUnit.Count,
            least: 1,
            most: 1_000_000,
            zeroIsOff: true,
            meaning,
            rule,
            limits => get(limits),
            (limits, value) => set(limits, (int)value)
        );
}
