namespace TinyTcp.Client.Primitives;

/// <summary>The cases of <see cref="ClientError"/>, for a switch that the compiler checks.</summary>
public enum ClientErrorKind
{
    /// <summary><see cref="ClientError.InvalidArgument"/>.</summary>
    InvalidArgument,

    /// <summary><see cref="ClientError.ClientClosed"/>.</summary>
    ClientClosed,

    /// <summary><see cref="ClientError.NameResolutionFailed"/>.</summary>
    NameResolutionFailed,

    /// <summary><see cref="ClientError.ConnectFailed"/>.</summary>
    ConnectFailed,

    /// <summary><see cref="ClientError.TlsHandshakeFailed"/>.</summary>
    TlsHandshakeFailed,

    /// <summary><see cref="ClientError.ConnectedToSelf"/>.</summary>
    ConnectedToSelf,

    /// <summary><see cref="ClientError.ConnectionLost"/>.</summary>
    ConnectionLost,

    /// <summary><see cref="ClientError.TimedOut"/>.</summary>
    TimedOut,

    /// <summary><see cref="ClientError.ProtocolError"/>.</summary>
    ProtocolError,

    /// <summary><see cref="ClientError.ErrorReply"/>.</summary>
    ErrorReply,

    /// <summary><see cref="ClientError.Goodbye"/>.</summary>
    Goodbye,
}
