using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace TinyTcp.Client.Sockets;

/// <summary>
/// A socket's stream whose reads are cancelled only if nothing has arrived. After a pause of the process, such as SIGSTOP, a
/// time-out and what arrived before it are both due: the read takes what has arrived first.
/// </summary>
/// <param name="socket">A connected socket, which the stream owns.</param>
internal sealed class SocketStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (HasArrived())
        {
            // Does not wait.
            return await base.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Whether bytes, the end of the stream or an error can be read. The cancelled read has taken nothing.</summary>
    private bool HasArrived() => Socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
}
