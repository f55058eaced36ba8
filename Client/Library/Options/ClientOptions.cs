using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Security;
using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Client.Options;

/// <summary>How long a client waits, how much it reads, and who looks on.</summary>
public sealed record ClientOptions
{
    private const int MinLineLength = 64;
    private const int MaxLineLength = 1 << 29;
    private const int PendingRequestsLimit = 1_000_000;

    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

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
    public int MaxPendingRequests { get; init; } = 1_024;

    /// <summary>Whether and after which waits a new connection follows one that is over; none unless told.</summary>
    public Option<Backoff> Reconnect { get; init; }

    /// <summary>
    /// Creates the TLS options of one connection, if the target uses TLS: a new object each time, because the client sets its
    /// host name. Default: .NET's, which trust what the system trusts.
    /// </summary>
    public Func<SslClientAuthenticationOptions> SslOptions { get; init; } = static () => new();

    /// <summary>Whose meter counts; the process's own unless given.</summary>
    public Option<IMeterFactory> MeterFactory { get; init; }

    /// <summary>The clock of the time-outs.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Sees every whole line, one after the other: a request when it is on its way, a reply before it is judged.
    /// Everything waits for it, so it must take no lock under which the client is called. If it throws, so do the calls under
    /// way, and the conversation is over for good; at a greeting, so do the calls that waited for the connection, and it is
    /// closed.
    /// </summary>
    public Action<WireLine> OnLine { get; init; } = static _ => { };

    /// <summary>
    /// Hears that a connection was greeted, before anything is asked on it. It must not wait; if it throws, so
    /// do the calls that waited for the connection, and it is closed.
    /// </summary>
    public Action OnConnected { get; init; } = static () => { };

    /// <summary>
    /// Hears that a connection is over, and why, before any call does and before another follows: also where nothing was
    /// asked, as when an idle client is sent away. It must not wait, and take no lock under which the client is called; if it
    /// throws, that is as if the observer had.
    /// </summary>
    public Action<ClientError> OnDisconnected { get; init; } = static _ => { };

    /// <summary>What is wrong with the options, if anything is.</summary>
    internal Option<ClientError> Validate() =>
        !IsValidDuration(ConnectTimeout) ? DurationOutOfRange("connect time-out", ConnectTimeout)
        : !IsValidDuration(ReplyTimeout) ? DurationOutOfRange("reply time-out", ReplyTimeout)
        : MaxPendingRequests is < 1 or > PendingRequestsLimit
            ? NumberOutOfRange("most requests at once", MaxPendingRequests, $"1 to {PendingRequestsLimit}")
        : MaxReplyLine is < MinLineLength or > MaxLineLength
            ? NumberOutOfRange(
                "longest reply line",
                MaxReplyLine,
                $"{MinLineLength} to {MaxLineLength} bytes"
            )
        : Reconnect.Bind(ValidateBackoff);

    private static Option<ClientError> ValidateBackoff(Backoff backoff) =>
        !IsValidDuration(backoff.InitialDelay)
            ? DurationOutOfRange("first wait before connecting again", backoff.InitialDelay)
        : !IsValidDuration(backoff.MaxDelay)
            ? DurationOutOfRange("longest wait before connecting again", backoff.MaxDelay)
        : backoff.InitialDelay > backoff.MaxDelay
            ? new ClientError.InvalidArgument(
                "first wait before connecting again",
                Format(backoff.InitialDelay),
                $"at most the longest one, which is {Format(backoff.MaxDelay)}"
            )
        : Option<ClientError>.None;

    private static ClientError.InvalidArgument NumberOutOfRange(
        string name,
        int value,
        FormattableString expected
    ) => new(name, value.ToString(CultureInfo.InvariantCulture), FormattableString.Invariant(expected));

    private static bool IsValidDuration(TimeSpan duration) =>
        duration > TimeSpan.Zero && duration <= MaxDuration;

    private static ClientError.InvalidArgument DurationOutOfRange(string name, TimeSpan value) =>
        new(name, Format(value), "more than zero and at most a day");

    private static string Format(TimeSpan duration) => duration.ToString("c", CultureInfo.InvariantCulture);
}
