using System;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// The bounds of a close (S-3): for so long, and so many bytes, what the peer still sends after the last word is thrown
/// away, until it finishes too. To close earlier would send a reset, which can overtake the last word.
/// </summary>
internal static class Linger
{
    /// <summary>For how long, from when all has been sent.</summary>
    internal static TimeSpan Time { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How many bytes: more than a client can send before it sees the end.</summary>
    internal const long Bytes = 64 * 1024 * 1024;
}
