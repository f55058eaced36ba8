namespace TinyTcp.Systems.Linux;

/// <summary>What a descriptor is watched for.</summary>
internal enum WatchKind
{
    /// <summary>A connection, for input.</summary>
    Readable,

    /// <summary>A connection, for space in its send buffer.</summary>
    Writable,

    /// <summary>A connection, for the outcome of an attempt to connect.</summary>
    Connecting,

    /// <summary>A listener, for connections to accept.</summary>
    Listener,

    /// <summary>The eventfd that <see cref="ISystem.Wake"/> writes to.</summary>
    Waker,
}
