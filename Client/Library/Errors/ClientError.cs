namespace TinyTcp.Client;

/// <summary>Whose fault an error is, or as much as a client can know of it.</summary>
public enum Fault
{
    /// <summary>The program that uses the client: its argument, or its order of calls.</summary>
    Caller,

    /// <summary>What lies between: the name, the way, the connection; or that nobody listens there.</summary>
    Network,

    /// <summary>The server: it broke the protocol, refused a request or said goodbye.</summary>
    Server,

    /// <summary>Nobody can tell: nothing came in time.</summary>
    TimeOut,

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
    public abstract Fault Fault { get; }

    /// <summary>For people, in one line: what happened, what was given, what to do.</summary>
    public abstract string Sentence { get; }

    /// <summary>Whether the conversation is over: then every later call returns this error at once.</summary>
    public virtual bool EndsConversation => true;

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(
        Func<BadArgument, T> badArgument,
        Func<Over, T> over,
        Func<NotResolved, T> notResolved,
        Func<NotConnected, T> notConnected,
        Func<NotTrusted, T> notTrusted,
        Func<Lost, T> lost,
        Func<ConnectedToSelf, T> connectedToSelf,
        Func<TimedOut, T> timedOut,
        Func<ProtocolBroken, T> protocolBroken,
        Func<Refused, T> refused,
        Func<Goodbye, T> goodbye
    ) =>
        Choose(
            new Cases<T>(
                badArgument,
                over,
                notResolved,
                notConnected,
                notTrusted,
                lost,
                connectedToSelf,
                timedOut,
                protocolBroken,
                refused,
                goodbye
            )
        );

    /// <summary>The sentence.</summary>
    public sealed override string ToString() => Sentence;

    private protected abstract T Choose<T>(Cases<T> cases);

    private protected sealed record Cases<T>(
        Func<BadArgument, T> BadArgument,
        Func<Over, T> Over,
        Func<NotResolved, T> NotResolved,
        Func<NotConnected, T> NotConnected,
        Func<NotTrusted, T> NotTrusted,
        Func<Lost, T> Lost,
        Func<ConnectedToSelf, T> ConnectedToSelf,
        Func<TimedOut, T> TimedOut,
        Func<ProtocolBroken, T> ProtocolBroken,
        Func<Refused, T> Refused,
        Func<Goodbye, T> Goodbye
    );
}
