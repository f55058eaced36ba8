using TinyTcp.Core.Transcripts;

namespace TinyTcp.Cli.Replay;

/// <summary>A connection whose other end may break every rule.</summary>
internal interface IPlayerConnection : IAsyncDisposable
{
    /// <summary>Sends bytes. A failure shows in what is received.</summary>
    Task SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Finishes sending.</summary>
    Task FinishAsync(TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Receives a line; the part of one if no more arrives; or finds that nothing does.</summary>
    Task<PlayerInput> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken);
}
