using System;

namespace TinyTcp.Core.Sessions;

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

/// <summary>
/// One row of the table of limits: options, their check, their help and protocol.md follow from it. Only the rows of
/// <see cref="LimitTable"/> exist: a row with other bounds could make limits that break theirs (L-1).
/// </summary>
public sealed record LimitSpec
{
    internal LimitSpec(
        string name,
        LimitUnit unit,
        long least,
        long most,
        bool zeroIsOff,
        string meaning,
        string rule,
        Func<Limits, long> get,
        Func<Limits, long, Limits> set
    )
    {
        Name = name;
        Unit = unit;
        Min = least;
        Max = most;
        ZeroIsOff = zeroIsOff;
        Description = meaning;
        Rule = rule;
        Get = get;
        Set = set;
    }

    /// <summary>The limit's name, as in the option <c>--max-line</c>.</summary>
    public string Name { get; }

    /// <summary>What its number counts.</summary>
    public LimitUnit Unit { get; }

    /// <summary>The least value allowed, but for a zero where <see cref="ZeroIsOff"/>.</summary>
    public long Min { get; }

    /// <summary>The greatest value allowed.</summary>
    public long Max { get; }

    /// <summary>Whether zero turns the limit off.</summary>
    public bool ZeroIsOff { get; }

    /// <summary>One sentence for people.</summary>
    public string Description { get; }

    /// <summary>The rule of protocol.md that it belongs to.</summary>
    public string Rule { get; }

    /// <summary>Reads the limit, in the row's unit.</summary>
    public Func<Limits, long> Get { get; }

    /// <summary>The default value.</summary>
    public long Default => Get(Limits.Default);

    /// <summary>The same limits with this one changed; unchecked.</summary>
    internal Func<Limits, long, Limits> Set { get; }

    /// <summary>Whether a value is within the bounds.</summary>
    public bool Allows(long value) => (value >= Min && value <= Max) || (ZeroIsOff && value == 0);
}
