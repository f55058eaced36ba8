using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Security;
using LanguageExt;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Client;

/// <summary>How long a client waits, how much it reads, and who looks on.</summary>
public sealed record ClientOptions
{
    private const int ShortestLine = 64;
    private const int LongestLine = 1 << 29;
    private const int MostPipelined = 1_000_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>The defaults.</summary>
    public static ClientOptions Default { get; } = new();

    /// <summary>The longest time to find the host and connect: more than zero, at most a day; 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time from when a request is on its way to the end of its reply: more than zero, at most a day; 10 s.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The most bytes of a reply before its LF, and so the most that a server can make the client hold: 64 to 2^29;
    /// by default eight times the longest line that a server takes by default.
    /// </summary>
    public int MaxReplyLine { get; init; } = 8 * Limits.Default.MaxLine;

    /// <summary>
    /// The most requests that wait for their replies at once: 1 to 1,000,000; 1,024. Whoever asks more waits for room, in
    /// turn.
    /// </summary>
    public int MaxPipelined { get; init; } = 1_024;

    /// <summary>Whether and after which waits a new connection follows one that is over; none unless told.</summary>
    public Option<Backoff> Reconnect { get; init; }

    /// <summary>
    /// Creates the TLS options of one connection, if the target uses TLS: a new object each time, because the client sets its
    /// host name. Default: .NET's, which trust what the system trusts.
    /// </summary>
    public Func<SslClientAuthenticationOptions> Tls { get; init; } = static () => new();

    /// <summary>Whose meter counts; the process's own unless given.</summary>
    public Option<IMeterFactory> Meters { get; init; }

    /// <summary>The clock of the time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Sees every whole line, one after the other: a request when it is on its way, a reply before it is judged.
    /// Everything waits for it, so it must take no lock under which the client is called. If it throws, so do the calls under
    /// way, and the conversation is over for good; at a greeting, so do the calls that waited for the connection, and it is
    /// closed.
    /// </summary>
    public Action<WireLine> Observer { get; init; } = static _ => { };

    /// <summary>
    /// Hears that a connection was greeted, before anything is asked on it. It must not wait; if it throws, so
    /// do the calls that waited for the connection, and it is closed.
    /// </summary>
    public Action Connected { get; init; } = static () => { };

    /// <summary>
    /// Hears that a connection is over, and why, before any call does and before another follows: also where nothing was
    /// asked, as when an idle client is sent away. It must not wait, and take no lock under which the client is called; if it
    /// throws, that is as if the observer had.
    /// </summary>
    public Action<ClientError> Disconnected { get; init; } = static _ => { };

    /// <summary>What is wrong with the options, if anything is.</summary>
    internal Option<ClientError> Check() =>
        !IsWait(ConnectTimeout) ? BadWait("connect time-out", ConnectTimeout)
        : !IsWait(ReplyTimeout) ? BadWait("reply time-out", ReplyTimeout)
        : MaxPipelined is < 1 or > MostPipelined
            ? BadNumber("most requests at once", MaxPipelined, $"1 to {MostPipelined}")
        : MaxReplyLine is < ShortestLine or > LongestLine
            ? BadNumber("longest reply line", MaxReplyLine, $"{ShortestLine} to {LongestLine} bytes")
        : Reconnect.Bind(CheckWaits);

    private static Option<ClientError> CheckWaits(Backoff waits) =>
        !IsWait(waits.First) ? BadWait("first wait before connecting again", waits.First)
        : !IsWait(waits.Most) ? BadWait("longest wait before connecting again", waits.Most)
        : waits.First > waits.Most
            ? new ClientError.BadArgument(
                "first wait before connecting again",
                Written(waits.First),
                $"at most the longest one, which is {Written(waits.Most)}"
            )
        : Option<ClientError>.None;

    private static ClientError.BadArgument BadNumber(string what, int given, FormattableString needed) =>
        new(what, given.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant(needed));

    private static bool IsWait(TimeSpan wait) => wait > TimeSpan.Zero && wait <= LongestWait;

    private static ClientError.BadArgument BadWait(string what, TimeSpan given) =>
        new(what, Written(given), "more than zero and at most a day");

    private static string Written(TimeSpan wait) => wait.ToString("c", CultureInfo.InvariantCulture);
}
