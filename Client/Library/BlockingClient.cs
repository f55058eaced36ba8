using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>
/// A client for a program that asks little and ends soon: each call waits on the thread that makes it, and no other thread
/// is started. It judges what a server says as <see cref="TinyTcpClient"/> does. One thread may use it.
/// </summary>
/// <remarks>
/// After an error that <see cref="ClientError.EndsConversation"/> every later call gets that error at once.
/// </remarks>
public sealed class BlockingClient : IDisposable
{
    private readonly Stream stream;
    private readonly ClientOptions options;
    private readonly LineReader reader;
    private Option<ClientError> over;

    private BlockingClient(Stream stream, ClientOptions options)
    {
        this.stream = stream;
        this.options = options;
        reader = new LineReader(stream, options.MaxReplyLine);
    }

    /// <summary>What the server said after <c>WELCOME,</c> (R-2); not escaped.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>Waits for the greeting on a connection that is there already.</summary>
    /// <param name="stream">
    /// Any connection. The client closes it, also where there is no greeting. Its <see cref="Stream.ReadTimeout"/> and
    /// <see cref="Stream.WriteTimeout"/> can be set, and what breaks or takes longer is an <see cref="IOException"/>, the
    /// latter as <see cref="System.Net.Sockets.NetworkStream"/> has it.
    /// </param>
    /// <param name="options">
    /// How long to wait for the greeting, each reply and the close, on which clock, how much to read, who looks on; all else
    /// in it is for <see cref="TinyTcpClient"/>.
    /// </param>
    /// <returns>A client that has been greeted, or why there is none.</returns>
    public static Either<ClientError, BlockingClient> Open(Stream stream, ClientOptions options)
    {
        var isGreeted = false;
        try
        {
            var wrong = options.Check() || NoTimes(stream);
            var greeted = wrong.IsSome ? (ClientError)wrong : new BlockingClient(stream, options).Greeted();
            isGreeted = greeted.IsRight;
            return greeted;
        }
        finally
        {
            if (!isGreeted)
            {
                stream.Dispose();
            }
        }
    }

    /// <summary>Sends a line as it is, request or not, and waits for the reply.</summary>
    /// <param name="line">
    /// Any bytes without LF that are not all white space, at most <see cref="ClientOptions.MaxReplyLine"/>: an ECHO's come back.
    /// </param>
    /// <returns>
    /// The reply as it came, without its LF; not escaped. What it may be depends on the line. To a QUIT it is given
    /// when the server has closed.
    /// </returns>
    public Either<ClientError, string> Ask(ReadOnlyMemory<byte> line)
    {
        var hindered = Arguments.NoLine(line.Span, options.MaxReplyLine) || over || Unasked();
        return hindered.IsSome
            ? (ClientError)hindered
            : Asked(Awaited.ReplyTo(ByteString.From(line.Span)), line.Span);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        over = over || new ClientError.Over(EndedBy.Disposal);
        stream.Dispose();
    }

    private static Option<ClientError> NoTimes(Stream stream) =>
        stream.CanTimeout
            ? Option<ClientError>.None
            : new ClientError.BadArgument("stream", stream.GetType().Name, "one that can be given time-outs");

    private Either<ClientError, BlockingClient> Greeted() =>
        ReadLine(Awaited.Greeting, options.Time.GetTimestamp())
            .Bind(Client.Greeting.Judge)
            .Map(text =>
            {
                Greeting = text;
                return this;
            });

    /// <summary>A line that has come before anything was asked is the end of the conversation.</summary>
    private Option<ClientError> Unasked()
    {
        if (reader.TryTake(out var line))
        {
            // What holds if the observer throws.
            over = new ClientError.Over(EndedBy.Observer);
            Observe(line.Span);
            over = Said.Unasked(line);
        }

        return over;
    }

    private Either<ClientError, string> Asked(Awaited awaited, ReadOnlySpan<byte> line)
    {
        // What holds if the observer throws.
        over = new ClientError.Over(EndedBy.Observer);
        var since = options.Time.GetTimestamp();
        var unsent = Send(line, since);
        var reply = ReadLine(awaited, since)
            .MapLeft(error => Ending.Of(error, isLeaving: false, unsent))
            .Bind(said => Said.Read(said, awaited))
            .Bind(static said => said.AsAnswer<string>(said.Characters));
        over = reply.Match(
            Left: static error => error.EndsConversation ? error : Option<ClientError>.None,
            Right: _ => awaited.IsQuit ? Closed() : Option<ClientError>.None
        );
        return over.Filter(static error => error is not ClientError.Over)
            .Match(Some: static error => error, None: () => reply);
    }

    /// <summary>How the conversation ends after BYE.</summary>
    private ClientError Closed() =>
        ReadLine(Awaited.Close, options.Time.GetTimestamp())
            .Match(
                Left: static error => Ending.Of(error, isLeaving: true, unsent: ""),
                Right: static line => Ending.Unasked(Quote.Of(line.Span))
            );

    /// <summary>Sends a line; that it could not be sent is not the last word, as the server may have said why before.</summary>
    /// <returns>Why it could not be sent; empty if it was.</returns>
    private string Send(ReadOnlySpan<byte> line, long since)
    {
        byte[] request = [.. line, Grammar.Lf];
        options.Observer(new WireLine(WireDirection.Sent, line));
        try
        {
            stream.WriteTimeout = Math.Max(1, Milliseconds(since));
            stream.Write(request);
            stream.Flush();
            return "";
        }
        catch (IOException broken)
        {
            return Broken.Words(broken);
        }
    }

    private Either<ClientError, ReadOnlyMemory<byte>> ReadLine(Awaited awaited, long since)
    {
        ReadOnlyMemory<byte> line;
        while (!reader.TryTake(out line))
        {
            var ended = Receive(awaited, since);
            if (ended.IsSome)
            {
                return (ClientError)ended;
            }
        }

        Observe(line.Span);
        return line;
    }

    private Option<ClientError> Receive(Awaited awaited, long since)
    {
        var left = Milliseconds(since);
        if (left <= 0)
        {
            return new ClientError.TimedOut(awaited, options.ReplyTimeout);
        }

        stream.ReadTimeout = left;
        return reader.Receive(awaited, options.ReplyTimeout);
    }

    private void Observe(ReadOnlySpan<byte> line) =>
        options.Observer(new WireLine(WireDirection.Received, line));

    /// <summary>What is left of the time for a reply. A stream knows milliseconds only.</summary>
    private int Milliseconds(long since) =>
        (int)Math.Ceiling((options.ReplyTimeout - options.Time.GetElapsedTime(since)).TotalMilliseconds);
}
