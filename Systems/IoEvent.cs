namespace TinyTcp.Systems;

/// <summary>What a system reports: a closed union. <c>default(Happening)</c> is Woken.</summary>
internal readonly struct IoEvent
{
    private enum Case : byte
    {
        Woken,
        Accepted,
        AcceptFailed,
        Received,
        PeerFinished,
        Writable,
        ConnectionLost,
        Connected,
    }

    private readonly Case @case;
    private readonly int connection;
    private readonly IoError fault;
    private readonly ReadOnlyMemory<byte> bytes;

    private IoEvent(
        Case @case,
        int connection = default,
        ReadOnlyMemory<byte> bytes = default,
        IoError fault = default
    )
    {
        this.@case = @case;
        this.connection = connection;
        this.bytes = bytes;
        this.fault = fault;
    }

    /// <summary>Somebody called <see cref="ISystem.Wake"/>.</summary>
    public static IoEvent Woken => default;

    /// <summary>A connection came; it awaits bytes.</summary>
    public static IoEvent Accepted(int connection) => new(Case.Accepted, connection);

    /// <summary>A connection could not be accepted.</summary>
    public static IoEvent AcceptFailed(IoError fault) => new(Case.AcceptFailed, fault: fault);

    /// <summary>Bytes came: at least one.</summary>
    public static IoEvent Received(int connection, ReadOnlyMemory<byte> bytes) =>
        new(Case.Received, connection, bytes);

    /// <summary>The peer will send nothing more (FIN).</summary>
    public static IoEvent PeerFinished(int connection) => new(Case.PeerFinished, connection);

    /// <summary>There is room for sending again.</summary>
    public static IoEvent Writable(int connection) => new(Case.Writable, connection);

    /// <summary>The connection is lost (refused, reset, timed out); it still has to be closed.</summary>
    public static IoEvent ConnectionLost(int connection, IoError fault) =>
        new(Case.ConnectionLost, connection, fault: fault);

    /// <summary>A connection that was begun stands; it awaits bytes.</summary>
    public static IoEvent Connected(int connection) => new(Case.Connected, connection);

    /// <summary>One action for each case, with a context so that none needs to capture; exactly one is called.</summary>
    public void Switch<TContext>(
        TContext context,
        Action<TContext> woken,
        Action<TContext, int> accepted,
        Action<TContext, IoError> acceptFailed,
        Action<TContext, int, ReadOnlyMemory<byte>> received,
        Action<TContext, int> peerFinished,
        Action<TContext, int> room,
        Action<TContext, int, IoError> lost,
        Action<TContext, int> connected
    )
    {
        switch (@case)
        {
            case Case.Woken:
                woken(context);
                break;
            case Case.Accepted:
                accepted(context, connection);
                break;
            case Case.AcceptFailed:
                acceptFailed(context, fault);
                break;
            case Case.Received:
                received(context, connection, bytes);
                break;
            case Case.PeerFinished:
                peerFinished(context, connection);
                break;
            case Case.Writable:
                room(context, connection);
                break;
            case Case.ConnectionLost:
                lost(context, connection, fault);
                break;
            case Case.Connected:
                connected(context, connection);
                break;
        }
    }
}
