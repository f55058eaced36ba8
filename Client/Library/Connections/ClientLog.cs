using LanguageExt;
using Microsoft.Extensions.Logging;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>The log messages of a client.</summary>
internal static partial class ClientLog
{
    /// <summary>The connection is open.</summary>
    internal static void Connected(this ILogger log, Option<ServerEndPoint> server) =>
        LogConnected(log, server.Map(static known => known.ToString()).IfNone("a stream"));

    /// <summary>The connection has ended, or was never established.</summary>
    internal static void Ended(this ILogger log, ClientError reason, bool wasConnected)
    {
        if (reason is ClientError.ClientClosed)
        {
            LogClosed(log, reason.Message);
        }
        else if (wasConnected)
        {
            LogLost(log, reason.Message);
        }
        else
        {
            LogNotConnected(log, reason.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Connected to {Server}.")]
    private static partial void LogConnected(ILogger log, string server);

    [LoggerMessage(2, LogLevel.Debug, "Connection closed: {Reason}")]
    private static partial void LogClosed(ILogger log, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Connection ended: {Reason}")]
    private static partial void LogLost(ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Not connected: {Reason}")]
    private static partial void LogNotConnected(ILogger log, string reason);
}
