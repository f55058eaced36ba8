using System;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// A server's limits, always within the bounds of their table (L-1). Zero turns a limit off where the table allows it.
/// </summary>
public sealed record Limits
{
    private Limits() { }

    /// <summary>The default limits.</summary>
    public static Limits Default { get; } = new();

    /// <summary>The length of a line before its LF, in bytes (F-4).</summary>
    public int MaxLine { get; internal init; } = 8_192;

    /// <summary>The time between two lines; zero for no limit (S-5).</summary>
    public TimeSpan IdleTimeout { get; internal init; } = TimeSpan.FromMinutes(5);

    /// <summary>The time from a line's first byte to its LF; zero for no limit (S-6).</summary>
    public TimeSpan LineTimeout { get; internal init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time in which a client receives none of its pending replies; zero for no limit (S-12).</summary>
    public TimeSpan WriteTimeout { get; internal init; } = TimeSpan.FromSeconds(10);

    /// <summary>The size of pending replies at which a client is no longer read, in bytes (S-12).</summary>
    public int MaxUnreadOutput { get; internal init; } = 65_536;

    /// <summary>The number of errors in a row; zero for no limit (S-7).</summary>
    public int MaxErrors { get; internal init; } = 100;

    /// <summary>The number of connections; zero for no limit (S-10).</summary>
    public int MaxConnections { get; internal init; } = 10_000;

    /// <summary>The number of connections of one address; zero for no limit (S-11).</summary>
    public int MaxConnectionsPerAddress { get; internal init; }
}
