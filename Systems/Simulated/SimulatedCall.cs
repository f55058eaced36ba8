namespace TinyTcp.Systems.Simulated;

/// <summary>A system call that a simulation can let fail.</summary>
internal enum SimulatedCall
{
    /// <summary>Turning accepting on.</summary>
    Listen,

    /// <summary>Accepting a connection.</summary>
    Accept,

    /// <summary>Beginning to connect, and then being connected.</summary>
    Connect,

    /// <summary>Receiving bytes or an end.</summary>
    Receive,

    /// <summary>Sending bytes.</summary>
    Send,
}
