namespace TinyTcp.Systems.Simulated;

/// <summary>A system call that a simulation can make fail.</summary>
public enum SimulatedCall
{
    /// <summary>Turning accepting on.</summary>
    Listen,

    /// <summary>Accepting a connection.</summary>
    Accept,

    /// <summary>Adopting an accepted socket.</summary>
    Adopt,

    /// <summary>Beginning to connect, and then the connection's outcome.</summary>
    Connect,

    /// <summary>Receiving bytes or FIN.</summary>
    Receive,

    /// <summary>Sending bytes.</summary>
    Send,
}
