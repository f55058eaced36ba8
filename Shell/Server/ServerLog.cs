using System.Net;
using Microsoft.Extensions.Logging;
using TinyTcp.Core;
using TinyTcp.Server.Systems;

namespace TinyTcp.Server;

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
    internal static partial void BeyondLoopback(this ILogger log, EndPoint endPoint);

    [LoggerMessage(3, LogLevel.Information, "Stopping")]
    internal static partial void Stopping(this ILogger log);

    [LoggerMessage(4, LogLevel.Information, "Stopped after {Served} connections")]
    internal static partial void Stopped(this ILogger log, long served);

    [LoggerMessage(5, LogLevel.Warning, "Cut {Count} connections that did not end in time")]
    internal static partial void Cut(this ILogger log, int count);

    [LoggerMessage(10, LogLevel.Debug, "Connection {Serial} from {Peer}")]
    internal static partial void Opened(this ILogger log, long serial, EndPoint peer);

    [LoggerMessage(11, LogLevel.Debug, "Connection {Serial} ended: {Reason}")]
    internal static partial void Ended(this ILogger log, long serial, CloseReason reason);

    [LoggerMessage(12, LogLevel.Debug, "Connection {Serial} lost: {Fault}")]
    internal static partial void Lost(this ILogger log, long serial, Fault fault);

    [LoggerMessage(
        20,
        LogLevel.Warning,
        "Cannot accept with {Count} connections open, and pauses before trying again: {Fault}"
    )]
    internal static partial void CannotAccept(this ILogger log, Fault fault, int count);

    [LoggerMessage(21, LogLevel.Information, "Accepts connections again")]
    internal static partial void AcceptsAgain(this ILogger log);

    [LoggerMessage(22, LogLevel.Warning, "{Count} lines were dropped here: the log did not take them")]
    internal static partial void Dropped(this ILogger log, long count);

    [LoggerMessage(30, LogLevel.Critical, "A server loop died")]
    internal static partial void Died(this ILogger log, Exception exception);
}
