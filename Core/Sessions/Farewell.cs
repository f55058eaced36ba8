using System;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// How long a host that stops lets a conversation go on (S-9): who is talking may finish, who is quiet is told at once.
/// </summary>
internal static class Farewell
{
    /// <summary>How long a client must have been quiet to be told.</summary>
    internal static TimeSpan Quiet { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>After how long it is told though it goes on talking.</summary>
    internal static TimeSpan Longest { get; } = TimeSpan.FromSeconds(1);
}
