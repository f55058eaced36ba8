using System.Globalization;
using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>How long a client waits, how much it reads, and who looks on.</summary>
public sealed record ClientOptions
{
    private const int ShortestLine = 64;
    private const int LongestLine = 1 << 30;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>The defaults.</summary>
    public static ClientOptions Default { get; } = new();

    /// <summary>The longest time to find the host and connect: more than zero, at most a day; 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time from a request to the end of its reply: more than zero, at most a day; 10 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The most bytes of a reply before its LF, and so the most that a server can make the client hold: 64 to 2^30;
    /// by default eight times the longest line that a server takes by default.
    /// </summary>
    public int MaxReplyLine { get; init; } = 8 * Limits.Default.MaxLine;

    /// <summary>The clock of the time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Sees every whole line, in order, when it has been sent or received, before it is judged. The request waits
    /// for it; if it throws, so does the call, and the conversation is over.
    /// </summary>
    public Action<WireLine> Observer { get; init; } = static _ => { };

    /// <summary>What is wrong with the options, if anything is.</summary>
    internal Option<ClientError> Check() =>
        !IsWait(ConnectTimeout) ? BadWait("connect time-out", ConnectTimeout)
        : !IsWait(ReplyTimeout) ? BadWait("reply time-out", ReplyTimeout)
        : MaxReplyLine is < ShortestLine or > LongestLine
            ? new ClientError.BadArgument(
                "longest reply line",
                MaxReplyLine.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{ShortestLine} to {LongestLine} bytes")
            )
        : Option<ClientError>.None;

    private static bool IsWait(TimeSpan wait) => wait > TimeSpan.Zero && wait <= LongestWait;

    private static ClientError.BadArgument BadWait(string what, TimeSpan given) =>
        new(what, given.ToString("c", CultureInfo.InvariantCulture), "more than zero and at most a day");
}
