using System;
using System.Collections.Immutable;

namespace TinyTcp.Core;

/// <summary>What a limit's number counts.</summary>
public enum LimitUnit
{
    /// <summary>Things: connections, errors.</summary>
    Count,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Milliseconds of monotonic time.</summary>
    Milliseconds,
}

/// <summary>One row of the table of limits: options, their check, their help and protocol.md follow from it.</summary>
/// <param name="Name">The limit's name, as in the option <c>--max-line</c>.</param>
/// <param name="Unit">What its number counts.</param>
/// <param name="Least">The least value allowed, unless <paramref name="ZeroIsOff"/> and zero.</param>
/// <param name="Most">The greatest value allowed.</param>
/// <param name="ZeroIsOff">Whether zero turns the limit off.</param>
/// <param name="Meaning">One sentence for people.</param>
/// <param name="Rule">The rule of protocol.md that it belongs to.</param>
/// <param name="Get">Reads the limit.</param>
/// <param name="Set">The same limits with this one changed; unchecked.</param>
public sealed record LimitSpec(
    string Name,
    LimitUnit Unit,
    long Least,
    long Most,
    bool ZeroIsOff,
    string Meaning,
    string Rule,
    Func<Limits, long> Get,
    Func<Limits, long, Limits> Set
)
{
    /// <summary>The default value.</summary>
    public long Default => Get(Limits.Default);

    /// <summary>Whether a value is within the bounds.</summary>
    public bool Allows(long value) => (value >= Least && value <= Most) || (ZeroIsOff && value == 0);
}

/// <summary>All limits.</summary>
public static class LimitTable
{
    private const long OneDay = 24 * 60 * 60 * 1_000;

    /// <summary>The rows.</summary>
    public static ImmutableArray<LimitSpec> Rows { get; } =
    [
        new(
            "max-line",
            LimitUnit.Bytes,
            Least: 64,
            Most: 16 * 1024 * 1024,
            ZeroIsOff: false,
            "The most bytes of a line before its LF.",
            "F-4",
            static limits => limits.MaxLine,
            static (limits, value) => limits with { MaxLine = (int)value }
        ),
        Time(
            "idle-timeout",
            "The longest time between two lines.",
            "S-5",
            static limits => limits.IdleTimeout,
            static (limits, time) => limits with { IdleTimeout = time }
        ),
        Time(
            "line-timeout",
            "The longest time from a line's first byte to its LF.",
            "S-6",
            static limits => limits.LineTimeout,
            static (limits, time) => limits with { LineTimeout = time }
        ),
        Count(
            "max-errors",
            "The most requests in a row that are answered by an error.",
            "S-7",
            static limits => limits.MaxErrors,
            static (limits, count) => limits with { MaxErrors = count }
        ),
        Count(
            "max-connections",
            "The most connections at once.",
            "S-10",
            static limits => limits.MaxConnections,
            static (limits, count) => limits with { MaxConnections = count }
        ),
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
            Least: 1,
            Most: OneDay,
            ZeroIsOff: true,
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
            Least: 1,
            Most: 1_000_000,
            ZeroIsOff: true,
            meaning,
            rule,
            limits => get(limits),
            (limits, value) => set(limits, (int)value)
        );
}
