namespace TinyTcp.Client.Primitives;

/// <summary>What closed a connection on the client's side.</summary>
public enum ClosedBy
{
    /// <summary>The server replied BYE to QUIT.</summary>
    Quit,

    /// <summary>The client was disposed.</summary>
    Disposal,

    /// <summary>A callback of the options threw an exception.</summary>
    Callback,
}
