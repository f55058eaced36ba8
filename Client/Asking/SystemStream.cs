using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Systems;

namespace TinyTcp.Cli.Asking;

/// <summary>
/// A connection of a system's as a stream of one thread's: it waits where it reads and writes, and starts no other, as .NET's
/// own sockets do. What breaks or takes too long is an <see cref="IOException"/>.
/// </summary>
/// <remarks>A time-out runs from when it is set: one that began anew with each byte could be stretched by the peer.</remarks>
/// <param name="system">The system, which is the stream's own.</param>
/// <param name="connection">The connection's number there.</param>
/// <param name="time">The clock of the time-outs.</param>
/// <param name="cancellationToken">Gives up what is waited for, from any thread.</param>
internal sealed class SystemStream(
    ISystem system,
    int connection,
    TimeProvider time,
    CancellationToken cancellationToken
) : Stream
{
    private readonly CancellationTokenRegistration waking = cancellationToken.UnsafeRegister(
        static system => ((ISystem)system!).Wake(),
        system
    );

    private Countdown reading = new(Timeout.InfiniteTimeSpan, time);
    private Countdown writing = new(Timeout.InfiniteTimeSpan, time);
    private ReadOnlyMemory<byte> unread;
    private Option<IoError> lost;
    private bool isConnected;
    private bool isFinished;
    private bool hasRoom;
    private bool isClosed;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanTimeout => true;

    /// <inheritdoc/>
    public override int ReadTimeout
    {
        get => (int)reading.After.TotalMilliseconds;
        set => reading = new(TimeSpan.FromMilliseconds(value), time);
    }

    /// <inheritdoc/>
    public override int WriteTimeout
    {
        get => (int)writing.After.TotalMilliseconds;
        set => writing = new(TimeSpan.FromMilliseconds(value), time);
    }

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Waits until it is known what became of the attempt to connect.</summary>
    /// <param name="limit">How long at most.</param>
    /// <param name="error">Why nothing became of it, if so.</param>
    /// <returns>False where that is not known in time.</returns>
    internal bool TryConnect(TimeSpan limit, out Option<IoError> error)
    {
        var isKnown = TryAwait(static stream => stream.isConnected, new Countdown(limit, time));
        error = lost;
        return isKnown;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        Await(static stream => stream.HasBytes || stream.isFinished, reading);
        var read = unread[..Math.Min(buffer.Length, unread.Length)];
        read.Span.CopyTo(buffer);
        unread = unread[read.Length..];
        return read.Length;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var sent = system.Send(connection, buffer);
            if (sent.IsLeft)
            {
                throw Broken((IoError)sent);
            }

            buffer = buffer[(int)sent..];
            if (!buffer.IsEmpty)
            {
                AwaitRoom();
            }
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!isClosed)
        {
            isClosed = true;
            waking.Dispose();
            system.Close(connection);
            system.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool HasBytes => !unread.IsEmpty;

    private static IOException Broken(IoError error) => new(error.Text);

    /// <summary>What is received meanwhile stays with the system.</summary>
    private void AwaitRoom()
    {
        hasRoom = false;
        system.WatchWritable(connection);
        Await(static stream => stream.hasRoom, writing);
        system.WatchReadable(connection);
    }

    private void Await(Func<SystemStream, bool> isThere, Countdown countdown)
    {
        if (!TryAwait(isThere, countdown))
        {
            var late = new SocketException((int)SocketError.TimedOut);
            throw new IOException(late.Message, late);
        }

        lost.Iter(static error => throw Broken(error));
    }

    /// <summary>Waits until something is there, or the connection is lost.</summary>
    /// <returns>False where neither is so in time.</returns>
    private bool TryAwait(Func<SystemStream, bool> isThere, Countdown countdown)
    {
        while (!isThere(this) && lost.IsNone)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var left = countdown.Left;
            if (left == TimeSpan.Zero)
            {
                return false;
            }

            system.Wait(left);
            if (system.TryNext(out var ioEvent))
            {
                Handle(ioEvent);
            }
        }

        return true;
    }

    private void Handle(in IoEvent ioEvent) => HandlerOf(ioEvent.Kind)(this, ioEvent);

    private static Action<SystemStream, IoEvent> HandlerOf(IoEventKind kind) =>
        kind switch
        {
            IoEventKind.Received => static (stream, e) => stream.unread = e.Bytes,
            IoEventKind.PeerFinished => static (stream, _) => stream.isFinished = true,
            IoEventKind.Writable => static (stream, _) => stream.hasRoom = true,
            IoEventKind.ConnectionLost => static (stream, e) => stream.lost = e.Error,
            IoEventKind.Connected => static (stream, _) => stream.isConnected = true,
            // A client accepts no connections.
            IoEventKind.Woken or IoEventKind.Accepted or IoEventKind.AcceptFailed => static (_, _) => { },
        };

    private sealed class Countdown(TimeSpan after, TimeProvider time)
    {
        private readonly long since = time.GetTimestamp();

        internal TimeSpan After => after;

        /// <summary>Zero once it is over.</summary>
        internal TimeSpan Left =>
            after == Timeout.InfiniteTimeSpan
                ? after
                : TimeSpan.FromTicks(Math.Max(0, (after - time.GetElapsedTime(since)).Ticks));
    }
}
