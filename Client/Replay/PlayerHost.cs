using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Transcripts;

namespace TinyTcp.Cli.Replay;

/// <summary>Plays one part of a transcript over connections.</summary>
/// <param name="connectAsync">Connects, or accepts.</param>
/// <param name="timeout">How long to wait for a line without a time, and for a send.</param>
/// <param name="time">The clock.</param>
internal sealed class PlayerHost(
    Func<CancellationToken, Task<Either<ClientError, IPlayerConnection>>> connectAsync,
    TimeSpan timeout,
    TimeProvider time
) : IAsyncDisposable
{
    // A network and a server's own timers take a while.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    private IPlayerConnection connection = new NoConnection();
    private long connectedAt = time.GetTimestamp();
    private TimeSpan previous;

    private TimeSpan Elapsed => time.GetElapsedTime(connectedAt);

    /// <summary>Plays until the end.</summary>
    /// <returns>The mismatches, or the error of a connect.</returns>
    internal async Task<Either<ClientError, ImmutableList<Mismatch>>> PlayAsync(
        TranscriptPlayer player,
        CancellationToken cancellationToken
    )
    {
        while (player.Next.IsSome)
        {
            var next = await ((PlayerStep)player.Next).Match(
                connect: _ => ConnectAsync(player, cancellationToken),
                send: send => SendAsync(player, send, cancellationToken),
                finish: finish => FinishAsync(player, finish, cancellationToken),
                receive: receive => ReceiveAsync(player, receive, cancellationToken)
            );
            if (next.IsLeft)
            {
                return (ClientError)next;
            }

            player = (TranscriptPlayer)next;
            previous = Elapsed;
        }

        return player.Mismatches;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<Either<ClientError, TranscriptPlayer>> ConnectAsync(
        TranscriptPlayer player,
        CancellationToken cancellationToken
    )
    {
        await connection.DisposeAsync();
        var connected = await connectAsync(cancellationToken);
        connectedAt = time.GetTimestamp();
        connection = connected.IfLeft(new NoConnection());
        return connected.Map(_ => player.Done());
    }

    private async Task<Either<ClientError, TranscriptPlayer>> SendAsync(
        TranscriptPlayer player,
        PlayerStep.Send send,
        CancellationToken cancellationToken
    )
    {
        await WaitUntilAsync(send.Time, cancellationToken);
        await connection.SendAsync(send.Bytes.Memory, timeout, cancellationToken);
        return player.Done();
    }

    private async Task<Either<ClientError, TranscriptPlayer>> FinishAsync(
        TranscriptPlayer player,
        PlayerStep.Finish finish,
        CancellationToken cancellationToken
    )
    {
        await WaitUntilAsync(finish.Time, cancellationToken);
        await connection.FinishAsync(timeout, cancellationToken);
        return player.Done();
    }

    private async Task<Either<ClientError, TranscriptPlayer>> ReceiveAsync(
        TranscriptPlayer player,
        PlayerStep.Receive receive,
        CancellationToken cancellationToken
    ) =>
        player.Received(
            await connection.ReceiveAsync(
                receive.Time.Match(Some: WaitFor, None: () => WaitFor(receive.Wait)),
                cancellationToken
            )
        );

    private TimeSpan WaitFor(TranscriptTime due) => due.SinceConnect(previous) - Elapsed + Tolerance;

    private TimeSpan WaitFor(PlayerWait wait) =>
        wait switch
        {
            PlayerWait.None => TimeSpan.Zero,
            PlayerWait.Optional => Tolerance,
            PlayerWait.Required => timeout,
        };

    private async Task WaitUntilAsync(Option<TranscriptTime> due, CancellationToken cancellationToken)
    {
        foreach (var wait in due.Map(at => at.SinceConnect(previous) - Elapsed))
        {
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken);
        }
    }

    /// <summary>Before the first connection, and after one that failed.</summary>
    private sealed class NoConnection : IPlayerConnection
    {
        public Task SendAsync(
            ReadOnlyMemory<byte> bytes,
            TimeSpan timeout,
            CancellationToken cancellationToken
        ) => Task.CompletedTask;

        public Task FinishAsync(TimeSpan timeout, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<PlayerInput> ReceiveAsync(TimeSpan wait, CancellationToken cancellationToken) =>
            Task.FromResult<PlayerInput>(new PlayerInput.Closed());

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
