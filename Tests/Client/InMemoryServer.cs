using System.Threading.Channels;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>
/// A connection to a server in memory, as the client's stream: Core's session replies to each write at once, and the client
/// reads the replies in segments.
/// </summary>
internal sealed class InMemoryServer : TestStream
{
    private readonly Host host;
    private readonly Segmentation segmentation;
    private readonly Func<string, string> alter;
    private readonly Channel<ReadOnlyMemory<byte>> output = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private ReadOnlyMemory<byte> current;

    /// <param name="segmentation">How the replies are divided.</param>
    /// <param name="alter">Alters the output of one step; without it the server is correct.</param>
    /// <param name="limits">The server's limits.</param>
    internal InMemoryServer(
        Segmentation? segmentation = null,
        Func<string, string>? alter = null,
        Limits? limits = null
    )
    {
        this.segmentation = segmentation ?? Segmentation.Whole;
        this.alter = alter ?? (static replies => replies);
        host = Host.Opened(limits ?? Limits.Default);
        Send(host.TakeOutput());
    }

    public override bool CanWrite => true;

    /// <summary>What each write of the client held.</summary>
    internal List<string> Writes { get; } = [];

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        if (current.IsEmpty && !await output.Reader.WaitToReadAsync(cancellationToken))
        {
            return 0;
        }

        current = current.IsEmpty ? await output.Reader.ReadAsync(cancellationToken) : current;
        var length = Math.Min(current.Length, buffer.Length);
        current[..length].CopyTo(buffer);
        current = current[length..];
        return length;
    }

    /// <summary>Awaited before each write takes effect.</summary>
    internal Func<Task> BeforeWrite { get; init; } = static () => Task.CompletedTask;

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        await BeforeWrite();
        Writes.Add(WireBytes.Characters(buffer.Span));
        if (!host.IsClosed)
        {
            host.Receive(buffer.ToArray());
            Send(alter(host.TakeOutput()));
        }
    }

    /// <summary>Closes the connection, as the server does after BYE.</summary>
    internal void Finish() => output.Writer.TryComplete();

    private void Send(string replies)
    {
        foreach (var segment in segmentation.Segments(WireBytes.Bytes(replies)))
        {
            output.Writer.TryWrite(segment);
        }

        if (host.IsClosed)
        {
            Finish();
        }
    }
}
