namespace TinyTcp.Client.Primitives;

/// <summary>Where an error comes from.</summary>
public enum ErrorSource
{
    /// <summary>The program that uses the client: an argument, or a call after the end.</summary>
    Caller,

    /// <summary>The way to the server: name resolution, connect, TLS, or the connection.</summary>
    Network,

    /// <summary>The server: an error reply, a goodbye, or a protocol violation.</summary>
    Server,

    /// <summary>Unknown: nothing was received in time.</summary>
    Timeout,
}
