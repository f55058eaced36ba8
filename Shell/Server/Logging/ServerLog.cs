using System.Net;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems;

namespace TinyTcp.Server.Logging;

/// <summary>Everything the server says to its log. Ids are fixed: those of messages that go are not used again.</summary>
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

    [LoggerMessage(4, LogLevel.Information, "Stopped after {Served} connections, {Cut} of them cut")]
    internal static partial void Stopped(this ILogger log, long served, long cut);

    [LoggerMessage(
        6,
        LogLevel.Warning,
        "{Limit} is {Lowered} instead of {Wanted}: so many open files RLIMIT_NOFILE allows. Raise that (ulimit -n, LimitNOFILE=), or lower the limit."
    )]
    internal static partial void Lowered(this ILogger log, string limit, long wanted, long lowered);

    [LoggerMessage(10, LogLevel.Debug, "Connection {Serial} from {Peer}")]
    internal static partial void Opened(this ILogger log, long serial, EndPoint peer);

    [LoggerMessage(11, LogLevel.Debug, "Connection {Serial} from {Peer} ended: {Reason}")]
    internal static partial void Ended(this ILogger log, long serial, EndPoint peer, CloseReason reason);

    [LoggerMessage(12, LogLevel.Debug, "Connection {Serial} from {Peer} lost: {Fault}")]
    internal static partial void Lost(this ILogger log, long serial, EndPoint peer, IoError fault);

    [LoggerMessage(
        20,
        LogLevel.Warning,
        "Cannot accept with {Count} connections open, and pauses before trying again: {Fault}"
    )]
    internal static partial void CannotAccept(this ILogger log, IoError fault, int count);

    [LoggerMessage(21, LogLevel.Information, "Accepts connections again")]
    internal static partial void AcceptingAgain(this ILogger log);

    [LoggerMessage(22, LogLevel.Warning, "{Count} lines were dropped here: the log did not take them")]
    internal static partial void Dropped(this ILogger log, long count);

    [LoggerMessage(
        23,
        LogLevel.Warning,
        "Refused {Refused} connections, because there are as many as may be, of all or of one address; open: {Count}"
    )]
    internal static partial void Rejected(this ILogger log, long refused, int count);

    [LoggerMessage(24, LogLevel.Error, "Thread {Number} has been stuck in one turn for more than a second")]
    internal static partial void Stuck(this ILogger log, int number);

    [LoggerMessage(25, LogLevel.Information, "Thread {Number} moves again")]
    internal static partial void NoLongerStuck(this ILogger log, int number);

    [LoggerMessage(30, LogLevel.Critical, "A server loop died")]
    internal static partial void Died(this ILogger log, Exception exception);
}
