namespace TinyTcp.Systems;

/// <summary>What an <see cref="IoEvent"/> reports.</summary>
public enum IoEventKind : byte
{
    /// <summary><see cref="ISystem.Wake"/> was called.</summary>
    Woken,

    /// <summary>A socket was accepted, for <see cref="ISystem.Adopt"/> or <see cref="ISystem.Discard"/>.</summary>
    Accepted,

    /// <summary>A connection could not be accepted; <see cref="IoEvent.Error"/> has the reason.</summary>
    AcceptFailed,

    /// <summary>Bytes were received; <see cref="IoEvent.Bytes"/> has at least one.</summary>
    Received,

    /// <summary>The peer sends nothing more (FIN).</summary>
    PeerFinished,

    /// <summary>The connection can send again, or is lost: then the next send returns the error.</summary>
    Writable,

    /// <summary>The connection is lost; <see cref="IoEvent.Error"/> has the reason. It still has to be closed.</summary>
    ConnectionLost,

    /// <summary>An attempt to connect succeeded. The connection is watched for input.</summary>
    Connected,
}

/// <summary>
/// One event of a system: its kind, and the properties that the kind has. <c>default(IoEvent)</c> is
/// <see cref="IoEventKind.Woken"/>.
/// </summary>
public readonly record struct IoEvent
{
    private IoEvent(
        IoEventKind kind,
        int connection = default,
        ReadOnlyMemory<byte> bytes = default,
        IoError error = default
    )
    {
        Kind = kind;
        Connection = connection;
        Bytes = bytes;
        Error = error;
    }

    /// <summary>What happened.</summary>
    public IoEventKind Kind { get; }

    /// <summary>
    /// Which connection; for <see cref="IoEventKind.Accepted"/> the number of the socket, and 0 for
    /// <see cref="IoEventKind.Woken"/> and <see cref="IoEventKind.AcceptFailed"/>.
    /// </summary>
    public int Connection { get; }

    /// <summary>Whether <see cref="Connection"/> is the slot of a connection.</summary>
    public bool IsOfConnection =>
        Kind is not (IoEventKind.Woken or IoEventKind.Accepted or IoEventKind.AcceptFailed);

    /// <summary>The bytes received, valid until the next <see cref="ISystem.TryNext"/>; otherwise empty.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>
    /// The reason for <see cref="IoEventKind.AcceptFailed"/> or <see cref="IoEventKind.ConnectionLost"/>; otherwise
    /// <c>default</c>.
    /// </summary>
    public IoError Error { get; }

    /// <summary>An event of the kind <see cref="IoEventKind.Woken"/>.</summary>
    public static IoEvent Woken => default;

    /// <summary>An event of the kind <see cref="IoEventKind.Accepted"/>.</summary>
    public static IoEvent Accepted(int socket) => new(IoEventKind.Accepted, socket);

    /// <summary>An event of the kind <see cref="IoEventKind.AcceptFailed"/>.</summary>
    public static IoEvent AcceptFailed(IoError error) => new(IoEventKind.AcceptFailed, error: error);

    /// <summary>An event of the kind <see cref="IoEventKind.Received"/>.</summary>
    public static IoEvent Received(int connection, ReadOnlyMemory<byte> bytes) =>
        new(IoEventKind.Received, connection, bytes);

    /// <summary>An event of the kind <see cref="IoEventKind.PeerFinished"/>.</summary>
    public static IoEvent PeerFinished(int connection) => new(IoEventKind.PeerFinished, connection);

    /// <summary>An event of the kind <see cref="IoEventKind.Writable"/>.</summary>
    public static IoEvent Writable(int connection) => new(IoEventKind.Writable, connection);

    /// <summary>An event of the kind <see cref="IoEventKind.ConnectionLost"/>.</summary>
    public static IoEvent ConnectionLost(int connection, IoError error) =>
        new(IoEventKind.ConnectionLost, connection, error: error);

    /// <summary>An event of the kind <see cref="IoEventKind.Connected"/>.</summary>
    public static IoEvent Connected(int connection) => new(IoEventKind.Connected, connection);
}
