using System.Collections.Immutable;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Errors;

/// <summary>One row of the table of exit codes.</summary>
/// <param name="Code">What the shell sees.</param>
/// <param name="Name">Its name in tables.</param>
/// <param name="Description">When the program ends with it, for people.</param>
internal sealed record ExitCode(int Code, string Name, string Description);

/// <summary>How the program can end: --help prints these rows.</summary>
internal static class ExitCodes
{
    internal static ExitCode Success { get; } =
        new(0, "SUCCESS", "Everything was asked and rightly answered.");

    internal static ExitCode ErrorReply { get; } =
        new(
            1,
            "ERROR_REPLY",
            "The server answered a request with an error; the conversation could have gone on."
        );

    internal static ExitCode Usage { get; } = new(2, "USAGE", "The command line is wrong, or there is none.");

    internal static ExitCode ConnectFailed { get; } =
        new(3, "CONNECT_FAILED", "Nothing listens there, or there is no way to it.");

    internal static ExitCode NameResolutionFailed { get; } =
        new(4, "NAME_RESOLUTION_FAILED", "The host name has no address.");

    internal static ExitCode ConnectionLost { get; } =
        new(5, "CONNECTION_LOST", "The connection ended half way without a word of why.");

    internal static ExitCode TimedOut { get; } = new(6, "TIMED_OUT", "The server kept silent for too long.");

    internal static ExitCode ProtocolError { get; } =
        new(7, "PROTOCOL_ERROR", "The server said what the protocol does not allow.");

    internal static ExitCode Goodbye { get; } =
        new(8, "GOODBYE", "The server said why and ended the conversation, such as SERVER_BUSY.");

    internal static ExitCode ConnectedToSelf { get; } =
        new(9, "CONNECTED_TO_SELF", "Nothing listens there, and the client met itself.");

    internal static ExitCode IoFailed { get; } =
        new(10, "IO_FAILED", "The input could not be read, or the output not be written, as on a full disk.");

    internal static ExitCode TlsHandshakeFailed { get; } =
        new(11, "TLS_HANDSHAKE_FAILED", "No TLS connection that can be trusted came about.");

    internal static ExitCode NotAllAnswered { get; } =
        new(12, "NOT_ALL_ANSWERED", "Some probes got no right reply, others did.");

    internal static ExitCode GoalMissed { get; } =
        new(13, "GOAL_MISSED", "A benchmark did not reach a goal that it was given.");

    internal static ExitCode HungUp { get; } = new(129, "HUNG_UP", "SIGHUP: its terminal was closed.");

    internal static ExitCode Interrupted { get; } =
        new(130, "INTERRUPTED", "Ctrl-C. A probe that a signal ends has the code of its probes instead.");

    internal static ExitCode OutputClosed { get; } =
        new(141, "OUTPUT_CLOSED", "Nobody reads the output any more, as when it is piped to head.");

    internal static ExitCode Terminated { get; } = new(143, "TERMINATED", "SIGTERM: it was told to end.");

    /// <summary>The rows, by number.</summary>
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
        HungUp,
        Interrupted,
        OutputClosed,
        Terminated,
    ];

    /// <summary>How the program ends on an error of the client's.</summary>
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
