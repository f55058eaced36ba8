namespace TinyTcp.Systems;

/// <summary>What a system reports: a closed union. <c>default(Happening)</c> is Woken.</summary>
internal readonly struct Happening
{
    private enum Case : byte
    {
        Woken,
        Accepted,
        AcceptFailed,
        Received,
        PeerFinished,
        Room,
        Lost,
        Connected,
    }

    private readonly Case @case;
    private readonly int connection;
    private readonly Fault fault;
    private readonly ReadOnlyMemory<byte> bytes;

    private Happening(
        Case @case,
        int connection = default,
        ReadOnlyMemory<byte> bytes = default,
        Fault fault = default
    )
    {
        this.@case = @case;
        this.connection = connection;
        this.bytes = bytes;
        this.fault = fault;
    }

    /// <summary>Somebody called <see cref="ISystem.Wake"/>.</summary>
    public static Happening Woken => default;

    /// <summary>A connection came; it awaits bytes.</summary>
    public static Happening Accepted(int connection) => new(Case.Accepted, connection);

    /// <summary>A connection could not be accepted.</summary>
    public static Happening AcceptFailed(Fault fault) => new(Case.AcceptFailed, fault: fault);

    /// <summary>Bytes came: at least one.</summary>
    public static Happening Received(int connection, ReadOnlyMemory<byte> bytes) =>
        new(Case.Received, connection, bytes);

    /// <summary>The peer will send nothing more (FIN).</summary>
    public static Happening PeerFinished(int connection) => new(Case.PeerFinished, connection);

    /// <summary>There is room for sending again.</summary>
    public static Happening Room(int connection) => new(Case.Room, connection);

    /// <summary>The connection is lost (refused, reset, timed out); it still has to be closed.</summary>
    public static Happening Lost(int connection, Fault fault) => new(Case.Lost, connection, fault: fault);

    /// <summary>A connection that was begun stands; it awaits bytes.</summary>
    public static Happening Connected(int connection) => new(Case.Connected, connection);

    /// <summary>One action for each case, with a context so that none needs to capture; exactly one is called.</summary>
    public void Switch<TContext>(
        TContext context,
        Action<TContext> woken,
        Action<TContext, int> accepted,
        Action<TContext, Fault> acceptFailed,
        Action<TContext, int, ReadOnlyMemory<byte>> received,
        Action<TContext, int> peerFinished,
        Action<TContext, int> room,
        Action<TContext, int, Fault> lost,
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
            case Case.Room:
                room(context, connection);
                break;
            case Case.Lost:
                lost(context, connection, fault);
                break;
            case Case.Connected:
                connected(context, connection);
                break;
        }
    }
}
