using System.Net;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems;

namespace TinyTcp.Server.Logging;

/// <summary>The server's log messages. Event ids are fixed; the id of a removed message is not used again.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Information, "Listening on {EndPoint}, threads: {Threads}")]
    internal static partial void Listening(this ILogger log, EndPoint endPoint, int threads);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "{EndPoint} can be reached from other machines, and TinyTCP has neither passwords nor encryption"
    )]
    internal static partial void ReachableFromNetwork(this ILogger log, EndPoint endPoint);

    [LoggerMessage(3, LogLevel.Information, "Stopping: drain-delay {Delay} s, drain-timeout {Timeout} s")]
    internal static partial void Stopping(this ILogger log, double delay, double timeout);

    [LoggerMessage(4, LogLevel.Information, "Stopped after {Served} connections, {Aborted} of them aborted")]
    internal static partial void Stopped(this ILogger log, long served, long aborted);

    [LoggerMessage(
        6,
        LogLevel.Warning,
        "{Limit} is {Lowered} instead of {Wanted}: RLIMIT_NOFILE allows no more open files. Raise it (ulimit -n, LimitNOFILE=), or lower the limit."
    )]
    internal static partial void Lowered(this ILogger log, string limit, long wanted, long lowered);

    [LoggerMessage(10, LogLevel.Debug, "Connection {Id} from {Peer}")]
    internal static partial void Opened(this ILogger log, long id, EndPoint peer);

    [LoggerMessage(11, LogLevel.Debug, "Connection {Id} from {Peer} ended: {Reason}")]
    internal static partial void Ended(this ILogger log, long id, EndPoint peer, CloseReason reason);

    [LoggerMessage(12, LogLevel.Debug, "Connection {Id} from {Peer} lost: {Error}")]
    internal static partial void Lost(this ILogger log, long id, EndPoint peer, IoError error);

    [LoggerMessage(
        20,
        LogLevel.Warning,
        "Cannot accept connections, {Count} are open: {Error}. Accepting pauses before each new attempt."
    )]
    internal static partial void CannotAccept(this ILogger log, IoError error, int count);

    [LoggerMessage(21, LogLevel.Information, "Accepting connections again")]
    internal static partial void AcceptingAgain(this ILogger log);

    [LoggerMessage(22, LogLevel.Warning, "{Count} log messages dropped: queue full, or the logger failed")]
    internal static partial void Dropped(this ILogger log, long count);

    [LoggerMessage(23, LogLevel.Warning, "Connections rejected: {Rejected}. {Limit} ({Max}) reached.")]
    internal static partial void ServerFull(this ILogger log, long rejected, string limit, int max);

    [LoggerMessage(24, LogLevel.Error, "Thread {Number} has been stuck in one turn for more than a second")]
    internal static partial void Stuck(this ILogger log, int number);

    [LoggerMessage(25, LogLevel.Information, "Thread {Number} is no longer stuck")]
    internal static partial void NoLongerStuck(this ILogger log, int number);

    [LoggerMessage(
        26,
        LogLevel.Warning,
        "Closed {Closed} connections: no memory for what they sent or did not read ({Count} open)"
    )]
    internal static partial void OutOfMemory(this ILogger log, long closed, int count);

    [LoggerMessage(
        27,
        LogLevel.Warning,
        "Connections rejected: {Rejected}. {Limit} ({Max}) reached, the last time by {Address}; {Count} open in total."
    )]
    internal static partial void AddressFull(
        this ILogger log,
        long rejected,
        string limit,
        int max,
        IPAddress address,
        int count
    );

    [LoggerMessage(30, LogLevel.Critical, "A server loop failed; the server stops")]
    internal static partial void LoopFailed(this ILogger log, Exception exception);
}
