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
            min: 64,
            max: 16 * 1024 * 1024,
            zeroIsOff: false,
            "Maximum length of a line, without its LF.",
            "F-4",
            static limits => limits.MaxLine,
            static (limits, value) => limits with { MaxLine = (int)value }
        );

    /// <summary>The row of <see cref="Limits.IdleTimeout"/>.</summary>
    public static LimitSpec IdleTimeout { get; } =
        Time(
            "idle-timeout",
            "Maximum time between two lines.",
            "S-5",
            static limits => limits.IdleTimeout,
            static (limits, time) => limits with { IdleTimeout = time }
        );

    /// <summary>The row of <see cref="Limits.LineTimeout"/>.</summary>
    public static LimitSpec LineTimeout { get; } =
        Time(
            "line-timeout",
            "Maximum time from a line's first byte to its LF.",
            "S-6",
            static limits => limits.LineTimeout,
            static (limits, time) => limits with { LineTimeout = time }
        );

    /// <summary>The row of <see cref="Limits.WriteTimeout"/>.</summary>
    public static LimitSpec WriteTimeout { get; } =
        Time(
            "write-timeout",
            "Maximum time in which a client receives none of its pending replies.",
            "S-12",
            static limits => limits.WriteTimeout,
            static (limits, time) => limits with { WriteTimeout = time }
        );

    /// <summary>The row of <see cref="Limits.MaxUnreadOutput"/>.</summary>
    public static LimitSpec MaxUnreadOutput { get; } =
        new(
            "max-unread-output",
            LimitUnit.Bytes,
            min: 1_024,
            max: 16 * 1024 * 1024,
            zeroIsOff: false,
            "Maximum size of the replies pending for a client; the server then stops reading from it until they are sent.",
            "S-12",
            static limits => limits.MaxUnreadOutput,
            static (limits, value) => limits with { MaxUnreadOutput = (int)value }
        );

    /// <summary>The row of <see cref="Limits.MaxErrors"/>.</summary>
    public static LimitSpec MaxErrors { get; } =
        Count(
            "max-errors",
            "Maximum number of requests in a row that are answered with an error.",
            "S-7",
            static limits => limits.MaxErrors,
            static (limits, count) => limits with { MaxErrors = count }
        );

    /// <summary>The row of <see cref="Limits.MaxConnections"/>.</summary>
    public static LimitSpec MaxConnections { get; } =
        Count(
            "max-connections",
            "Maximum number of connections.",
            "S-10",
            static limits => limits.MaxConnections,
            static (limits, count) => limits with { MaxConnections = count }
        );

    /// <summary>The row of <see cref="Limits.MaxConnectionsPerAddress"/>.</summary>
    public static LimitSpec MaxConnectionsPerAddress { get; } =
        Count(
            "max-connections-per-address",
            "Maximum number of connections of one address; for IPv6, of one /64.",
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
        string description,
        string rule,
        Func<Limits, TimeSpan> get,
        Func<Limits, TimeSpan, Limits> set
    ) =>
        new(
            name,
            LimitUnit.Milliseconds,
            min: 1,
            max: OneDay,
            zeroIsOff: true,
            description,
            rule,
            limits => (long)get(limits).TotalMilliseconds,
            (limits, value) => set(limits, TimeSpan.FromMilliseconds(value))
        );

    private static LimitSpec Count(
        string name,
        string description,
        string rule,
        Func<Limits, int> get,
        Func<Limits, int, Limits> set
    ) =>
        new(
            name,
            LimitUnit.Count,
            min: 1,
            max: 1_000_000,
            zeroIsOff: true,
            description,
            rule,
            limits => get(limits),
            (limits, value) => set(limits, (int)value)
        );
}
