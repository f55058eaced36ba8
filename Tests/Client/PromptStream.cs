using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>
/// A server in memory for a client of one thread: it says what a test has it say when it hears a line, in pieces of any size.
/// Where it has nothing to say, a read comes to what the test has its silence come to: the end unless told.
/// </summary>
/// <param name="cut">What a read gives of what is said.</param>
internal sealed class PromptStream(Segmentation cut) : Stream
{
    private readonly Queue<ReadOnlyMemory<byte>> said = new();

    /// <summary>What the server does when it hears a line; it may throw what a write then throws.</summary>
    internal Action<PromptStream, string> Hear { get; init; } = static (_, _) => { };

    /// <summary>What a read comes to where nothing has been said: a number of bytes, which is 0, or an exception.</summary>
    internal Func<PromptStream, int> Silence { get; init; } = static _ => 0;

    /// <summary>How long a read takes.</summary>
    internal Action Reading { get; init; } = static () => { };

    internal bool IsDisposed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override bool CanTimeout => true;

    public override int ReadTimeout { get; set; } = Timeout.Infinite;

    public override int WriteTimeout { get; set; } = Timeout.Infinite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>A server that greets, and speaks the protocol as Core does.</summary>
    internal static PromptStream Truthful(Segmentation cut)
    {
        var host = Host.Opened(Limits.Default);
        return new PromptStream(cut)
        {
            Hear = (server, line) =>
            {
                host.Receive(line);
                server.Say(host.TakeOutput());
            },
        }.Say(host.TakeOutput());
    }

    /// <summary>A server that says this, and then this to each line.</summary>
    internal static PromptStream Saying(string first, params string[] replies)
    {
        var left = new Queue<string>(replies);
        return new PromptStream(Segmentation.Whole) { Hear = (server, _) => server.Say(left.Dequeue()) }.Say(
            first
        );
    }

    /// <summary>A silence in which the stream's time is over, on a clock that it takes there.</summary>
    internal static Func<PromptStream, int> Late(FakeTimeProvider clock) =>
        stream =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(stream.ReadTimeout));
            var late = new SocketException((int)SocketError.TimedOut);
            throw new IOException(late.Message, late);
        };

    internal PromptStream Say(string latin1)
    {
        // An empty read would be the end.
        foreach (var piece in cut.Segments(WireBytes.Bytes(latin1)).Where(static piece => !piece.IsEmpty))
        {
            said.Enqueue(piece);
        }

        return this;
    }

    public override int Read(Span<byte> buffer)
    {
        Reading();
        if (!said.TryDequeue(out var piece))
        {
            return Silence(this);
        }

        var length = Math.Min(piece.Length, buffer.Length);
        piece.Span[..length].CopyTo(buffer);
        if (length < piece.Length)
        {
            ReadOnlyMemory<byte>[] rest = [piece[length..], .. said];
            said.Clear();
            Array.ForEach(rest, said.Enqueue);
        }

        return length;
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Hear(this, WireBytes.Characters(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
