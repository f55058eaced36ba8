using LanguageExt;

namespace TinyTcp.Client.Primitives;

/// <summary>
/// Why a call has no result: a closed union. Switch on <see cref="Kind"/>, or use <c>is</c>. Text from the server is quoted,
/// escaped (N-2) and truncated, so it is safe to print and to log; arguments and texts of the system are unchanged.
/// </summary>
public abstract partial record ClientError
{
    private ClientError() { }

    /// <summary>The case.</summary>
    public abstract ClientErrorKind Kind { get; }

    /// <summary>One line for people: what failed, with its value and the server, and what to do.</summary>
    public abstract string Message { get; }

    /// <summary>The name in metrics and JSON, such as TIMED_OUT; of an error of the protocol, its code .</summary>
    public virtual string Code =>
        Kind switch
        {
            ClientErrorKind.InvalidArgument => "INVALID_ARGUMENT",
            ClientErrorKind.ClientClosed => "CLIENT_CLOSED",
            ClientErrorKind.NameResolutionFailed => "NAME_RESOLUTION_FAILED",
            ClientErrorKind.ConnectFailed => "CONNECT_FAILED",
            ClientErrorKind.TlsHandshakeFailed => "TLS_HANDSHAKE_FAILED",
            ClientErrorKind.ConnectedToSelf => "CONNECTED_TO_SELF",
            ClientErrorKind.ConnectionLost => "CONNECTION_LOST",
            ClientErrorKind.TimedOut => "TIMED_OUT",
            ClientErrorKind.ProtocolError => "PROTOCOL_ERROR",
            ClientErrorKind.ErrorReply => "ERROR_REPLY",
            ClientErrorKind.Goodbye => "GOODBYE",
        };

    /// <summary>Where the error comes from.</summary>
    public ErrorSource Source =>
        Kind switch
        {
            ClientErrorKind.InvalidArgument or ClientErrorKind.ClientClosed => ErrorSource.Caller,
            ClientErrorKind.NameResolutionFailed
            or ClientErrorKind.ConnectFailed
            or ClientErrorKind.TlsHandshakeFailed
            or ClientErrorKind.ConnectedToSelf
            or ClientErrorKind.ConnectionLost => ErrorSource.Network,
            ClientErrorKind.TimedOut => ErrorSource.Timeout,
            ClientErrorKind.ProtocolError or ClientErrorKind.ErrorReply or ClientErrorKind.Goodbye =>
                ErrorSource.Server,
        };

    /// <summary>Whether the connection has ended: later calls return this error at once.</summary>
    public bool EndsConnection => Kind is not (ClientErrorKind.InvalidArgument or ClientErrorKind.ErrorReply);

    /// <summary>The message.</summary>
    public sealed override string ToString() => Message;

    /// <summary>The same error with the server's end point, if it is a case that has one.</summary>
    internal ClientError WithServer(Option<ServerEndPoint> server) =>
        this switch
        {
            TimedOut error => error with { Server = server },
            ConnectionLost error => error with { Server = server },
            ProtocolError error => error with { Server = server },
            Goodbye error => error with { Server = server },
            _ => this,
        };
}
