using System;
using LanguageExt;
using TinyTcp.Core.Units;

namespace TinyTcp.Core.Sessions;

/// <summary>The unit of a limit's value.</summary>
public enum LimitUnit
{
    /// <summary>A number of connections or errors.</summary>
    Count,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Milliseconds of monotonic time.</summary>
    Milliseconds,
}

/// <summary>
/// One row of the table of limits: options, their validation, their help and protocol.md follow from it. Only the rows of
/// the table exist, so that limits are always within their bounds (L-1).
/// </summary>
public sealed record LimitSpec
{
    private readonly Func<Limits, long, Limits> set;

    internal LimitSpec(
        string name,
        LimitUnit unit,
        long min,
        long max,
        bool zeroIsOff,
        string description,
        string rule,
        Func<Limits, long> get,
        Func<Limits, long, Limits> set
    )
    {
        Name = name;
        Unit = unit;
        Min = min;
        Max = max;
        ZeroIsOff = zeroIsOff;
        Description = description;
        Rule = rule;
        Get = get;
        this.set = set;
    }

    /// <summary>The limit's name, as in the option <c>--max-line</c>.</summary>
    public string Name { get; }

    /// <summary>The unit of its value.</summary>
    public LimitUnit Unit { get; }

    /// <summary>The smallest value allowed, apart from 0 if <see cref="ZeroIsOff"/>.</summary>
    public long Min { get; }

    /// <summary>The largest value allowed.</summary>
    public long Max { get; }

    /// <summary>Whether zero turns the limit off.</summary>
    public bool ZeroIsOff { get; }

    /// <summary>One sentence for people.</summary>
    public string Description { get; }

    /// <summary>The rule of protocol.md that it belongs to.</summary>
    public string Rule { get; }

    /// <summary>The limit's value in <see cref="Unit"/>.</summary>
    public Func<Limits, long> Get { get; }

    /// <summary>The default value.</summary>
    public long Default => Get(Limits.Default);

    /// <summary>How its value is written.</summary>
    public UnitNotation Notation =>
        Unit switch
        {
            LimitUnit.Count => UnitNotation.Counts,
            LimitUnit.Bytes => UnitNotation.Sizes,
            LimitUnit.Milliseconds => UnitNotation.Durations,
        };

    /// <summary>Whether a value is within the bounds.</summary>
    public bool Allows(long value) => (value >= Min && value <= Max) || (ZeroIsOff && value == 0);

    /// <summary>The same limits with this one changed.</summary>
    /// <param name="limits">The other limits.</param>
    /// <param name="value">The new value, in <see cref="Unit"/>.</param>
    /// <returns>The new limits, or none if the value is outside the bounds.</returns>
    internal Option<Limits> Set(Limits limits, long value) =>
        Allows(value) ? set(limits, value) : Option<Limits>.None;
}
