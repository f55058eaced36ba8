using System;
using LanguageExt;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// The limits a server keeps, always within the bounds of <see cref="LimitTable"/> (L-1). A time of zero means that
/// there is no such limit.
/// </summary>
public sealed record Limits
{
    private Limits() { }

    /// <summary>The limits of the table's defaults.</summary>
    public static Limits Default { get; } = new();

    /// <summary>The most bytes of a line before its LF (F-4).</summary>
    public int MaxLine { get; internal init; } = 8_192;

    /// <summary>The longest time between two lines; zero for ever (S-5).</summary>
    public TimeSpan IdleTimeout { get; internal init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest time from a line's first byte to its LF; zero for ever (S-6).</summary>
    public TimeSpan LineTimeout { get; internal init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time in which a client takes nothing of what waits for it; zero for ever (S-12).</summary>
    public TimeSpan WriteTimeout { get; internal init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most bytes of replies that wait for a client before it is not read any more (S-12).</summary>
    public int MaxUnreadOutput { get; internal init; } = 65_536;

    /// <summary>The most errors in a row; zero for any number (S-7).</summary>
    public int MaxErrors { get; internal init; } = 100;

    /// <summary>The most connections at once; zero for any number (S-10).</summary>
    public int MaxConnections { get; internal init; } = 10_000;

    /// <summary>The most connections at once of one address; zero for any number (S-11).</summary>
    public int MaxConnectionsPerAddress { get; internal init; }

    /// <summary>The same limits but for one.</summary>
    /// <param name="spec">Which limit: a row of the table.</param>
    /// <param name="value">Its new value, in the row's unit.</param>
    /// <returns>The new limits, or none where the value is outside the row's bounds.</returns>
    public Option<Limits> With(LimitSpec spec, long value) =>
        spec.Allows(value) ? spec.Set(this, value) : Option<Limits>.None;
}
