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
    private readonly Func<string[], IEnumerable<string>>? alter;
    private readonly Channel<ReadOnlyMemory<byte>> output = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private string unsent = "";
    private int unreadReplies;

    /// <param name="segmentation">How the replies are divided.</param>
    /// <param name="alter">
    /// Makes the server faulty: it holds all replies until the session has ended, and then sends these lines instead.
    /// </param>
    /// <param name="limits">The server's limits.</param>
    internal InMemoryServer(
        Segmentation? segmentation = null,
        Func<string[], IEnumerable<string>>? alter = null,
        Limits? limits = null
    )
    {
        this.segmentation = segmentation ?? Segmentation.Whole;
        this.alter = alter;
        host = Host.Opened(limits ?? Limits.Default);
        Send(host.TakeOutput());
    }

    public override bool CanWrite => true;

    /// <summary>The content of each write of the client.</summary>
    internal List<string> Writes { get; } = [];

    /// <summary>The maximum number of replies that the client had not read.</summary>
    internal int MaxUnreadReplies { get; private set; }

    /// <summary>Awaited before each write takes effect.</summary>
    internal Func<Task> BeforeWrite { get; init; } = static () => Task.CompletedTask;

    /// <summary>Whether the server never closes the connection.</summary>
    internal bool StaysOpen { get; init; }

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
            Reply();
        }
    }

    /// <summary>The client ends sending. Unless the server stays open, this returns when the client is cancelled.</summary>
    internal async Task ShutdownSendAsync(CancellationToken cancellationToken)
    {
        if (!host.IsClosed)
        {
            host.Handle(SessionEvent.PeerFinished);
            Reply();
        }

        if (!StaysOpen)
        {
            // A slow shutdown: the client receives the server's close before it returns.
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected override async ValueTask<ReadOnlyMemory<byte>> NextSegmentAsync(
        CancellationToken cancellationToken
    )
    {
        if (!await output.Reader.WaitToReadAsync(cancellationToken))
        {
            return default;
        }

        var segment = await output.Reader.ReadAsync(cancellationToken);
        AddUnread(-LineCount(segment));
        return segment;
    }

    private void Reply()
    {
        unsent += host.TakeOutput();
        if (alter is null || host.IsClosed)
        {
            Send(alter is null ? unsent : string.Concat(alter(LinesOf(unsent))));
            unsent = "";
        }

        if (host.IsClosed && !StaysOpen)
        {
            output.Writer.TryComplete();
        }
    }

    private void Send(string replies)
    {
        foreach (var segment in segmentation.Segments(WireBytes.Bytes(replies)))
        {
            if (!segment.IsEmpty)
            {
                MaxUnreadReplies = Math.Max(MaxUnreadReplies, AddUnread(LineCount(segment)));
                output.Writer.TryWrite(segment);
            }
        }
    }

    private int AddUnread(int count) => Interlocked.Add(ref unreadReplies, count);

    private static int LineCount(ReadOnlyMemory<byte> segment) => segment.Span.Count((byte)'\n');

    private static string[] LinesOf(string replies) =>
        [.. replies.Split('\n')[..^1].Select(static line => $"{line}\n")];
}
