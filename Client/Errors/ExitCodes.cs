using System.Collections.Immutable;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Errors;

/// <summary>The table of exit codes, which --help prints.</summary>
internal static class ExitCodes
{
    internal static ExitCode Success { get; } =
        new(0, "SUCCESS", "All requests were answered without an error.");

    internal static ExitCode ErrorReply { get; } =
        new(1, "ERROR_REPLY", "The server replied with an error; the connection stayed usable.");

    internal static ExitCode Usage { get; } = new(2, "USAGE", "The command line is invalid or empty.");

    internal static ExitCode ConnectFailed { get; } =
        new(3, "CONNECT_FAILED", "The connection could not be established.");

    internal static ExitCode NameResolutionFailed { get; } =
        new(4, "NAME_RESOLUTION_FAILED", "The host name has no address.");

    internal static ExitCode ConnectionLost { get; } =
        new(5, "CONNECTION_LOST", "The connection closed before the reply was complete.");

    internal static ExitCode TimedOut { get; } =
        new(6, "TIMED_OUT", "The server did not reply within --timeout.");

    internal static ExitCode ProtocolError { get; } =
        new(7, "PROTOCOL_ERROR", "The server broke the protocol.");

    internal static ExitCode Goodbye { get; } =
        new(8, "GOODBYE", "The server closed the connection with an error such as SERVER_BUSY.");

    internal static ExitCode ConnectedToSelf { get; } =
        new(9, "CONNECTED_TO_SELF", "The client connected to itself; no server listens on the port.");

    internal static ExitCode IoFailed { get; } =
        new(10, "IO_FAILED", "Reading the input or writing the output failed.");

    internal static ExitCode TlsHandshakeFailed { get; } =
        new(11, "TLS_HANDSHAKE_FAILED", "The TLS handshake failed, or the certificate is not trusted.");

    internal static ExitCode NotAllAnswered { get; } =
        new(
            12,
            "NOT_ALL_ANSWERED",
            "probe: some probes failed and others succeeded. bench: requests were unanswered when it had waited --timeout for the last replies."
        );

    internal static ExitCode GoalMissed { get; } = new(13, "GOAL_MISSED", "bench: a --goal was missed.");

    internal static ExitCode Mismatch { get; } =
        new(14, "MISMATCH", "replay: the server sent other lines than the transcript.");

    internal static ExitCode Failed { get; } =
        new(
            15,
            "FAILED",
            "The system has too few files, threads or memory for the program, or it has a fault."
        );

    internal static ExitCode HungUp { get; } = new(129, "HUNG_UP", "SIGHUP: the terminal was closed.");

    internal static ExitCode Interrupted { get; } =
        new(130, "INTERRUPTED", "SIGINT (Ctrl-C). After any signal probe exits with the code of its probes.");

    internal static ExitCode OutputClosed { get; } =
        new(141, "OUTPUT_CLOSED", "The reader closed the output, as head does.");

    internal static ExitCode Terminated { get; } = new(143, "TERMINATED", "SIGTERM.");

    /// <summary>The rows, in the order of their codes.</summary>
    internal static ImmutableArray<ExitCode> Rows { get; } =
    [
        Success,
        ErrorReply,
        Usage,
        ConnectFailed,
        NameResolutionFailed,
        ConnectionLost,
        TimedOut,
        ProtocolError,
        Goodbye,
        ConnectedToSelf,
        IoFailed,
        TlsHandshakeFailed,
        NotAllAnswered,
        GoalMissed,
        Mismatch,
        Failed,
        HungUp,
        Interrupted,
        OutputClosed,
        Terminated,
    ];

    /// <summary>The exit code for an error of the client library.</summary>
    internal static ExitCode From(ClientError error) =>
        error.Kind switch
        {
            ClientErrorKind.InvalidArgument or ClientErrorKind.ClientClosed => Usage,
            ClientErrorKind.NameResolutionFailed => NameResolutionFailed,
            ClientErrorKind.ConnectFailed => ConnectFailed,
            ClientErrorKind.TlsHandshakeFailed => TlsHandshakeFailed,
            ClientErrorKind.ConnectionLost => ConnectionLost,
            ClientErrorKind.ConnectedToSelf => ConnectedToSelf,
            ClientErrorKind.TimedOut => TimedOut,
            ClientErrorKind.ProtocolError => ProtocolError,
            ClientErrorKind.ErrorReply => ErrorReply,
            ClientErrorKind.Goodbye => Goodbye,
        };
}
