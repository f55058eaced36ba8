using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Security;
using LanguageExt;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Client.Options;

/// <summary>Time-outs, limits, callbacks and services of a client. Invalid values are errors of the call that gets the options.</summary>
public sealed record ClientOptions
{
    private const int MinLineLength = 64;
    private const int MaxLineLength = 1 << 29;
    private const int PendingRequestsLimit = 1_000_000;

    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    /// <summary>The defaults of all properties.</summary>
    public static ClientOptions Default { get; } = new();

    /// <summary>
    /// The limit of name resolution, connect and TLS handshake: above 0, at most a day. Pauses of the process do not count.
    /// [default: 10 s]
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The limit from the write of a request to the end of its reply, and of the greeting: above 0, at most a day. [default: 10 s]</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The maximum length of a reply line without its LF, and so of the memory that a server can make the client use: 64 to 2^29 bytes.
    /// [default: 8 times the default line limit of a server]
    /// </summary>
    public int MaxReplyLine { get; init; } = 8 * Limits.Default.MaxLine;

    /// <summary>The maximum number of requests without a reply; more requests wait in order. 1 to 1,000,000. [default: 1,024]</summary>
    public int MaxPendingRequests { get; init; } = 1_024;

    /// <summary>Reconnect after a lost connection, with this delay, when the next request is sent. [default: null: no reconnect]</summary>
    public Backoff? Reconnect { get; init; }

    /// <summary>
    /// Creates the TLS options of one connection, if the end point uses TLS: a new object each time, because the client sets its host
    /// name. [default: .NET's defaults, which trust the system's certificates]
    /// </summary>
    public Func<SslClientAuthenticationOptions> SslOptions { get; init; } = static () => new();

    /// <summary>Creates the meter of the client's metrics. [default: null: one meter for the process]</summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>
    /// Logs that a connection is open (debug), that it has ended, and that a connect failed (warning). Texts of the server are
    /// escaped. [default: none]
    /// </summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The clock of time-outs and delays. [default: the system's]</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Called for each whole line: a request before it is written, a reply before it is checked. Callbacks run one at a time and
    /// must not block; they may send requests, and may dispose the client without waiting for it. If this one throws, the
    /// connection is closed for good and pending calls fail with the exception; for the greeting, only the calls that wait for
    /// the connection fail.
    /// </summary>
    public Action<WireLine> OnLine { get; init; } = static _ => { };

    /// <summary>
    /// Called after the greeting and before the first request. If it throws, the connection is closed and the calls that wait for it
    /// fail with the exception.
    /// </summary>
    public Action OnConnected { get; init; } = static () => { };

    /// <summary>
    /// Called after a connection has ended, with the reason: before its pending calls fail and before the next connection is
    /// announced; also while no request is pending. If it throws, pending calls fail with the exception.
    /// </summary>
    public Action<ClientError> OnDisconnected { get; init; } = static _ => { };

    /// <summary>Wraps each connection to record it.</summary>
    internal Func<Stream, ServerEndPoint, Stream> Record { get; init; } = static (stream, _) => stream;

    /// <summary>The first invalid option, if any.</summary>
    internal Option<ClientError> Validate() =>
        !IsValidDuration(ConnectTimeout) ? DurationOutOfRange(nameof(ConnectTimeout), ConnectTimeout)
        : !IsValidDuration(ReplyTimeout) ? DurationOutOfRange(nameof(ReplyTimeout), ReplyTimeout)
        : MaxPendingRequests is < 1 or > PendingRequestsLimit
            ? NumberOutOfRange(nameof(MaxPendingRequests), MaxPendingRequests, $"1 to {PendingRequestsLimit}")
        : MaxReplyLine is < MinLineLength or > MaxLineLength
            ? NumberOutOfRange(
                nameof(MaxReplyLine),
                MaxReplyLine,
                $"{MinLineLength} to {MaxLineLength} bytes"
            )
        : Prelude.Optional(Reconnect).Bind(ValidateBackoff);

    private static Option<ClientError> ValidateBackoff(Backoff backoff) =>
        !IsValidDuration(backoff.InitialDelay)
            ? DurationOutOfRange(nameof(Backoff.InitialDelay), backoff.InitialDelay)
        : !IsValidDuration(backoff.MaxDelay) ? DurationOutOfRange(nameof(Backoff.MaxDelay), backoff.MaxDelay)
        : backoff.InitialDelay > backoff.MaxDelay
            ? new ClientError.InvalidArgument(
                nameof(Backoff.InitialDelay),
                Format(backoff.InitialDelay),
                $"at most {nameof(Backoff.MaxDelay)}, which is {Format(backoff.MaxDelay)}"
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
