namespace TinyTcp.Systems;

/// <summary>What a system without epoll reports of a connection.</summary>
internal enum Interest
{
    /// <summary>Its input: <see cref="ISystem.WatchReadable"/>.</summary>
    Input,

    /// <summary>That it is writable: <see cref="ISystem.WatchWritable"/>.</summary>
    Output,

    /// <summary>Its loss: <see cref="ISystem.WatchLoss"/>.</summary>
    Loss,
}
