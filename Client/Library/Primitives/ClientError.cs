using LanguageExt;

namespace TinyTcp.Client.Primitives;

/// <summary>Whose fault an error is, or as much as a client can know of it.</summary>
public enum ErrorSource
{
    /// <summary>The program that uses the client: its argument, or its order of calls.</summary>
    Caller,

    /// <summary>What lies between: the name, the way, the connection; or that nobody listens there.</summary>
    Network,

    /// <summary>The server: it broke the protocol, refused a request or said goodbye.</summary>
    Server,

    /// <summary>Nobody can tell: nothing came in time.</summary>
    Timeout,

    /// <summary>The client itself, which was its own server.</summary>
    Self,
}

/// <summary>
/// Why a call gave no answer: a closed union, in files by whose fault it is. What a server said stands in it quoted, escaped
/// (N-2) and cut short, so that it is safe to show and to log; what a caller gave, and the words of a stream or of the system,
/// stand in its parts as they are.
/// </summary>
public abstract partial record ClientError
{
    private ClientError() { }

    /// <summary>
    /// Its name in metrics and in output for programs: the protocol's own code where a server said one that is known.
    /// </summary>
    public abstract string Code { get; }

    /// <summary>Whose fault it is.</summary>
    public abstract ErrorSource Source { get; }

    /// <summary>For people, in one line: what happened, what was given, what to do.</summary>
    public abstract string Message { get; }

    /// <summary>Whether the conversation is over: then every later call returns this error at once.</summary>
    public virtual bool EndsConnection => true;

    /// <summary>The same error with the server's end point, if it is one that has it.</summary>
    internal ClientError WithServer(Option<ServerEndPoint> server) =>
        this switch
        {
            TimedOut error => error with { Server = server },
            ConnectionLost error => error with { Server = server },
            _ => this,
        };

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(
        Func<InvalidArgument, T> invalidArgument,
        Func<ClientClosed, T> clientClosed,
        Func<NameResolutionFailed, T> nameResolutionFailed,
        Func<ConnectFailed, T> connectFailed,
        Func<TlsHandshakeFailed, T> tlsHandshakeFailed,
        Func<ConnectionLost, T> connectionLost,
        Func<ConnectedToSelf, T> connectedToSelf,
        Func<TimedOut, T> timedOut,
        Func<ProtocolError, T> protocolError,
        Func<ErrorReply, T> errorReply,
        Func<Goodbye, T> goodbye
    ) =>
        Dispatch(
            new Cases<T>(
                invalidArgument,
                clientClosed,
                nameResolutionFailed,
                connectFailed,
                tlsHandshakeFailed,
                connectionLost,
                connectedToSelf,
                timedOut,
                protocolError,
                errorReply,
                goodbye
            )
        );

    /// <summary>The sentence.</summary>
    public sealed override string ToString() => Message;

    private protected abstract T Dispatch<T>(Cases<T> cases);

    private protected sealed record Cases<T>(
        Func<InvalidArgument, T> InvalidArgument,
        Func<ClientClosed, T> ClientClosed,
        Func<NameResolutionFailed, T> NameResolutionFailed,
        Func<ConnectFailed, T> ConnectFailed,
        Func<TlsHandshakeFailed, T> TlsHandshakeFailed,
        Func<ConnectionLost, T> ConnectionLost,
        Func<ConnectedToSelf, T> ConnectedToSelf,
        Func<TimedOut, T> TimedOut,
        Func<ProtocolError, T> ProtocolError,
        Func<ErrorReply, T> ErrorReply,
        Func<Goodbye, T> Goodbye
    );
}
