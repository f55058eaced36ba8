using System.Text;
using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>
/// A client of one TinyTCP server, for any number of callers at once: their requests share a connection, pipelined, and
/// each gets its own reply. Every call honours its token by a cancelled task; everything else that can go wrong is a
/// <see cref="ClientError"/>. Every reply has been checked against its request: a stream that has lost its place
/// ends the conversation at once.
/// </summary>
/// <remarks>
/// A request that is given up goes on without its caller. After an error that
/// <see cref="ClientError.EndsConversation"/> every later call gets that error at once; or, with
/// <see cref="ClientOptions.Reconnect"/>, a new connection.
/// </remarks>
public sealed partial class TinyTcpClient : IAsyncDisposable
{
    private readonly Link link;
    private readonly int longestLine;

    private TinyTcpClient(Link link, ClientOptions options)
    {
        this.link = link;
        longestLine = options.MaxReplyLine;
    }

    /// <summary>What the server said after <c>WELCOME,</c> (R-2); empty before the first connection; not escaped.</summary>
    public string Greeting => link.Current.Map(static connection => connection.Welcome).IfNone("");

    /// <summary>Asks for the server's local time (C-3).</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The time to the second, with the server's offset from UTC.</returns>
    public Task<Either<ClientError, DateTimeOffset>> TimeAsync(
        CancellationToken cancellationToken = default
    ) => AskAsync(Awaited.ReplyTo(Command.Time), Payload.Time, cancellationToken);

    /// <summary>Asks for a text back (C-4).</summary>
    /// <param name="text">One line; white space at its ends is trimmed, and something must be left.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The text that came back: the one that was sent, byte for byte; not escaped.</returns>
    public Task<Either<ClientError, string>> EchoAsync(
        string text,
        CancellationToken cancellationToken = default
    )
    {
        var sent = Text.From(text);
        return sent.IsNone ? Wrong<string>(NoText(text))
            : ((Text)sent).Bytes.Length > LongestEcho ? Wrong<string>(TooLong(text))
            : AskAsync(new Echoing((Text)sent, Trimmed(text, (Text)sent)), cancellationToken);
    }

    /// <summary>Asks which commands there are (C-5).</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The server's words, for people; not escaped.</returns>
    public Task<Either<ClientError, string>> HelpAsync(CancellationToken cancellationToken = default) =>
        AskAsync(Awaited.ReplyTo(Command.Help), Payload.Help, cancellationToken);

    /// <summary>
    /// Asks for the end, and waits until the server has closed (C-6); the reply and the close have the reply
    /// time-out each. Then the conversation is over.
    /// </summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>Nothing, when BYE was the server's last word.</returns>
    public async Task<Either<ClientError, Unit>> QuitAsync(CancellationToken cancellationToken = default)
    {
        var bye = await AskAsync(Awaited.ReplyTo(Command.Quit), Payload.Bye, cancellationToken)
            .ConfigureAwait(false);
        return bye.IsLeft ? bye : await CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a line as it is, request or not.</summary>
    /// <param name="line">Any bytes without LF that are not all white space.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The reply as a line, such as <c>BYE</c>; not escaped. What it may be depends on the line .</returns>
    public async Task<Either<ClientError, string>> RawAsync(
        ReadOnlyMemory<byte> line,
        CancellationToken cancellationToken = default
    )
    {
        var wrong = NoLine(line.Span);
        if (wrong.IsSome)
        {
            return (ClientError)wrong;
        }

        var isQuit = Protocol.Parse(line).Exists(static command => command == Command.Quit);
        var awaited = isQuit ? Awaited.ReplyTo(Command.Quit) : Awaited.ReplyTo(Octets.From(line.Span));
        var reply = await AskAsync(awaited, Payload.Line, cancellationToken).ConfigureAwait(false);
        var closed =
            isQuit && reply.IsRight
                ? await CloseAsync(cancellationToken).ConfigureAwait(false)
                : Unit.Default;
        return closed.Bind(_ => reply);
    }

    /// <summary>Closes the connection; a request under way gets <see cref="ClientError.Over"/>.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    private Task<Either<ClientError, T>> AskAsync<T>(
        Awaited awaited,
        Func<Reply, Option<T>> read,
        CancellationToken cancellationToken
    ) => AskAsync(new Asking<T>(awaited, read), cancellationToken);

    private Task<Either<ClientError, T>> AskAsync<T>(Pending<T> request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Either<ClientError, T>>(cancellationToken);
        }

        request.GiveUpBy(cancellationToken);
        var current = link.Current;
        return current.IsSome && ((Connection)current).TryAsk(request) == Asked.Taken
            ? request.Task
            : AskOnNextAsync(request, cancellationToken);
    }

    /// <summary>The way of a request that finds no room, or no connection.</summary>
    private async Task<Either<ClientError, T>> AskOnNextAsync<T>(
        Pending<T> request,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var next = await link.NextAsync(cancellationToken).ConfigureAwait(false);
            if (next.IsLeft)
            {
                request.Fail((ClientError)next);
                return await request.Task.ConfigureAwait(false);
            }

            var connection = (Connection)next;
            switch (connection.TryAsk(request))
            {
                case Asked.Taken:
                    return await request.Task.ConfigureAwait(false);
                case Asked.NoRoom:
                    await connection.RoomAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
                    break;
                case Asked.Over:
                    break;
            }
        }
    }

    private async Task<Either<ClientError, Unit>> CloseAsync(CancellationToken cancellationToken)
    {
        var ended = await ((Connection)link.Current).Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        return ended is ClientError.Over { By: EndedBy.Quit } ? Unit.Default : ended;
    }

    /// <summary>A text as characters: the caller's own where nothing was trimmed.</summary>
    private static string Trimmed(string given, Text text) =>
        Encoding.UTF8.GetByteCount(given) == text.Bytes.Length ? given : text.ToString();

    private int LongestEcho => longestLine - CommandTable.Echo.Verb.Length - 1;

    private static Task<Either<ClientError, T>> Wrong<T>(ClientError error) =>
        Task.FromResult<Either<ClientError, T>>(error);

    private static ClientError.BadArgument NoText(string given) =>
        new("text to echo", given, "one line that is not blank, without half a surrogate pair");

    private ClientError.BadArgument TooLong(string given) =>
        new("text to echo", given, $"at most {LongestEcho} bytes, or allow longer reply lines");

    private static Option<ClientError> NoLine(ReadOnlySpan<byte> given) =>
        given.Contains(Grammar.Lf) || Grammar.IsBlank(given) ? BadLine(given) : Option<ClientError>.None;

    private static ClientError.BadArgument BadLine(ReadOnlySpan<byte> given) =>
        new("line", Escape.ToPrintable(given), "one line that is not blank: a blank one gets no reply");
}
