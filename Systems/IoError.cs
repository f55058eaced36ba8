using System.Net.Sockets;

namespace TinyTcp.Systems;

/// <summary>What a failed system call means for the loop that made it.</summary>
public enum IoErrorKind
{
    /// <summary>The peer or the network ended the connection. This is ordinary.</summary>
    ConnectionLost,

    /// <summary>No descriptors, buffers or memory are left. Accepting has to pause.</summary>
    Exhausted,

    /// <summary>Any other error. It is worth a line in the log.</summary>
    Unexpected,
}

/// <summary>A failed system call.</summary>
/// <param name="Kind">What it means for the loop.</param>
/// <param name="Code">The system's own number: an errno on Linux, a <see cref="System.Net.Sockets.SocketError"/> elsewhere.</param>
/// <param name="Text">The system's own message.</param>
/// <param name="SocketError">The same error in .NET's terms; <see cref="SocketError.SocketError"/> where .NET has no name for it.</param>
public readonly record struct IoError(
    IoErrorKind Kind,
    int Code,
    string Text,
    SocketError SocketError = SocketError.SocketError
)
{
    /// <summary>The process has no memory for what a connection has to keep.</summary>
    public static IoError OutOfMemory { get; } =
        new(
            IoErrorKind.Exhausted,
            (int)SocketError.NoBufferSpaceAvailable,
            "out of memory",
            SocketError.NoBufferSpaceAvailable
        );

    /// <inheritdoc/>
    public override string ToString() => $"{Text} ({Code})";
}
