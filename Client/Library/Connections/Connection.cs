using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>
/// One connection that any number of callers share. Requests leave in the order in which they were asked, many at once
/// where many ask; replies come in that order, and each is judged against its request.
/// </summary>
internal sealed partial class Connection : IAsyncDisposable
{
    private readonly Stream stream;
    private readonly ClientOptions options;
    private readonly LineReader reader;
    private readonly ClientMetrics metrics;
    private readonly CancellationTokenSource cancellation = new();
    private readonly ReplyTimer replyTimer;

    // What follows is touched only by whoever holds the gate.
    private readonly Lock gate = new();
    private readonly Queue<IPendingRequest> pending = new();
    private readonly Queue<IPendingRequest> waiting = new();
    private readonly WriteBuffer writeBuffer = new();
    private bool isSending;
    private State state;
    private long byeReceivedAt;
    private string writeError = "";
    private bool isEnded;

    // A QUIT that was answered, and how.
    private Option<(IPendingRequest Quit, ReceivedReply Said)> acknowledgedQuit;

    // How a request is told of the end, once that has come.
    private Action<IPendingRequest> completeRequest = static _ => { };

    private readonly TaskCompletionSource<ClientError> ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource writerStopped = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly Task readLoop;

    private Connection(
        Stream stream,
        ClientOptions options,
        LineReader reader,
        ClientMetrics metrics,
        string greeting
    )
    {
        this.stream = stream;
        this.options = options;
        this.reader = reader;
        this.metrics = metrics;
        GreetingText = greeting;
        replyTimer = new(options.ReplyTimeout, options.TimeProvider, OldestPendingSince, OnReplyTimeout);
        options.OnConnected();
        metrics.ConnectionOpened();
        readLoop = RunReaderAsync();
    }

    /// <summary>What the server said after <c>WELCOME,</c>.</summary>
    internal string GreetingText { get; }

    /// <summary>Ends with the conversation, and tells why.</summary>
    internal Task<ClientError> Ended => ended.Task;

    /// <summary>When it ended, as a timestamp of the client's clock.</summary>
    internal long EndedAt { get; private set; }

    /// <summary>Whether the server has replied to anything.</summary>
    internal bool HasReceivedReply { get; private set; }

    /// <summary>Waits for the greeting. The stream is closed where there is none.</summary>
    internal static async Task<Either<ClientError, Connection>> OpenAsync(
        Stream stream,
        ClientOptions options,
        ClientMetrics metrics,
        CancellationToken cancellationToken
    )
    {
        var isOpen = false;
        try
        {
            var lines = new LineReader(stream, options.MaxReplyLine);
            var greeting = await Greeting.ReadAsync(lines, options, cancellationToken).ConfigureAwait(false);
            var opened = greeting.Map(text => new Connection(stream, options, lines, metrics, text));
            isOpen = opened.IsRight;
            return opened;
        }
        finally
        {
            if (!isOpen)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private enum State
    {
        /// <summary>Requests are asked and answered.</summary>
        Open,

        /// <summary>QUIT has been asked: what is asked behind it waits for what becomes of that.</summary>
        QuitSent,

        /// <summary>BYE was said: nothing may come but the end.</summary>
        ByeReceived,
    }

    /// <summary>Ends it: whoever waits is told that the client was disposed.</summary>
    public async ValueTask DisposeAsync()
    {
        Disconnect(new ClientError.ClientClosed(ClosedBy.Disposal));
        await readLoop.ConfigureAwait(false);
    }
}
