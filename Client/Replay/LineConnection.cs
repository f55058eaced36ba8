using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Replay;

/// <summary>A connection by a stream: lines are received as they are, and waits are bounded.</summary>
/// <param name="stream">The connection.</param>
/// <param name="maxLine">The maximum length of a line, in bytes; a longer one is received in parts.</param>
/// <param name="time">The clock.</param>
internal sealed class LineConnection(Stream stream, int maxLine, TimeProvider time) : IPlayerConnection
{
    private readonly LineReader reader = new(stream, maxLine);
    private Task<Option<ClientError>>? receiving;
    private Option<PlayerInput> end;
    private bool hasFailedToSend;

    /// <inheritdoc/>
    public Task SendAsync(
        ReadOnlyMemory<byte> bytes,
        TimeSpan timeout,
        CancellationToken cancellationToken
    ) => TryAsync(() => stream.WriteAsync(bytes, cancellationToken).AsTask(), timeout, cancellationToken);

    /// <inheritdoc/>
    public Task FinishAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        TryAsync(() => stream.ShutdownSendAsync(cancellationToken), timeout, cancellationToken);

    /// <inheritdoc/>
    public async Task<PlayerInput> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        while (end.IsNone)
        {
            if (receiving is null && reader.TryReadLine(out var line))
            {
                return Line(line.Span, ended: true);
            }

            receiving ??= reader
                .ReceiveAsync(static () => PendingOperation.Request, CancellationToken.None)
                .AsTask();
            if (!await CompletesAsync(receiving, wait - time.GetElapsedTime(startedAt), cancellationToken))
            {
                return TakePartial().IfNone(static () => new PlayerInput.Silence());
            }

            (await receiving).Iter(error => end = EndOf(error));
            receiving = null;
        }

        return (TakePartial() || end).IfNone(static () => new PlayerInput.Closed());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        if (receiving is { } pending)
        {
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static PlayerInput EndOf(ClientError error) =>
        error is ClientError.ConnectionLost { Detail: StreamErrors.ClosedByServer }
            ? new PlayerInput.Closed()
            : new PlayerInput.Reset();

    private PlayerInput.Line Line(ReadOnlySpan<byte> bytes, bool ended) =>
        new(ByteString.From(bytes), ended, time.GetLocalNow());

    private Option<PlayerInput> TakePartial()
    {
        var partial = reader.TakePartialLine();
        return partial.IsEmpty ? Option<PlayerInput>.None : Line(partial.Span, ended: false);
    }

    private async Task TryAsync(Func<Task> send, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (hasFailedToSend)
        {
            return;
        }

        try
        {
            await send().WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception failed) when (StreamErrors.IsFailure(failed, cancellationToken))
        {
            hasFailedToSend = true;
        }
    }

    private async Task<bool> CompletesAsync(Task task, TimeSpan wait, CancellationToken cancellationToken)
    {
        await task.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return task.IsCompleted;
    }
}
