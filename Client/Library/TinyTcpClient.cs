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
/// <see cref="ClientOptions.Reconnect"/>, a new connection, except after <see cref="ClientError.Over"/>.
/// </remarks>
public sealed partial class TinyTcpClient : IAsyncDisposable, IDisposable
{
    private readonly Link link;
    private readonly Func<Task<Either<ClientError, Connection>>> next;
    private readonly int longestLine;

    private TinyTcpClient(Link link, ClientOptions options)
    {
        this.link = link;
        next = link.NextAsync;
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
            : ((Text)sent).Bytes.Length > LongestEcho
                ? Wrong<string>(TooLong("text to echo", text, LongestEcho))
            : AskAsync(new Echoing((Text)sent, Trimmed(text, (Text)sent)), cancellationToken);
    }

    /// <summary>Asks which commands there are (C-5).</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The server's words, for people; not escaped.</returns>
    public Task<Either<ClientError, string>> HelpAsync(CancellationToken cancellationToken = default) =>
        AskAsync(Awaited.ReplyTo(Command.Help), Payload.Help, cancellationToken);

    /// <summary>
    /// Asks for the end, and waits until the server has closed (C-6); the reply and the close have the reply
    /// time-out each. Then the conversation is over. Nothing is connected to for it.
    /// </summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>Nothing, when BYE was the server's last word, or where there has been no connection.</returns>
    public Task<Either<ClientError, Unit>> QuitAsync(CancellationToken cancellationToken = default) =>
        link.LastCall.Match(
            Some: call =>
                AskAsync(
                    new Asking<Unit>(Awaited.ReplyTo(Command.Quit), Payload.Bye),
                    () => call,
                    cancellationToken
                ),
            None: static () => Task.FromResult<Either<ClientError, Unit>>(Unit.Default)
        );

    /// <summary>Sends a line as it is, request or not.</summary>
    /// <param name="line">
    /// Any bytes without LF that are not all white space, at most <see cref="ClientOptions.MaxReplyLine"/>: an ECHO's come back.
    /// </param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>
    /// The reply as it came, without its LF; not escaped. What it may be depends on the line. To a QUIT it is given
    /// when the server has closed.
    /// </returns>
    public Task<Either<ClientError, string>> RawAsync(
        ReadOnlyMemory<byte> line,
        CancellationToken cancellationToken = default
    )
    {
        var wrong = NoLine(line.Span, longestLine);
        return wrong.IsSome
            ? Wrong<string>((ClientError)wrong)
            : AskAsync(new Relaying(Octets.From(line.Span)), cancellationToken);
    }

    /// <summary>Closes the connection; a request under way gets <see cref="ClientError.Over"/>.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync() => link.DisposeAsync();

    /// <summary>The same without waiting until it is closed.</summary>
    public void Dispose() => _ = link.DisposeAsync().AsTask();

    private Task<Either<ClientError, T>> AskAsync<T>(
        Awaited awaited,
        Func<Reply, Option<T>> read,
        CancellationToken cancellationToken
    ) => AskAsync(new Asking<T>(awaited, read), cancellationToken);

    private Task<Either<ClientError, T>> AskAsync<T>(
        Pending<T> request,
        CancellationToken cancellationToken
    ) => AskAsync(request, next, cancellationToken);

    private Task<Either<ClientError, T>> AskAsync<T>(
        Pending<T> request,
        Func<Task<Either<ClientError, Connection>>> otherwise,
        CancellationToken cancellationToken
    )
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Either<ClientError, T>>(cancellationToken);
        }

        request.GiveUpBy(cancellationToken);
        var current = link.Current;
        if (current.IsNone || !((Connection)current).TryAsk(request))
        {
            _ = AskOnAsync(otherwise(), request);
        }

        return request.Task;
    }

    /// <summary>
    /// Asks on a connection that is perhaps still to be made. One that is over by then is not followed by another: else a
    /// server that greets and goes would be called without end.
    /// </summary>
    private static async Task AskOnAsync<T>(Task<Either<ClientError, Connection>> call, Pending<T> request)
    {
        try
        {
            var made = await call.ConfigureAwait(false);
            if (made.IsLeft)
            {
                request.Fail((ClientError)made);
            }
            else if (!((Connection)made).TryAsk(request))
            {
                request.Fail(await ((Connection)made).Ended.ConfigureAwait(false));
            }
        }
        catch (Exception thrown)
        {
            request.Break(thrown);
        }
    }

    /// <summary>A text as characters: the caller's own where nothing was trimmed.</summary>
    private static string Trimmed(string given, Text text) =>
        Encoding.UTF8.GetByteCount(given) == text.Bytes.Length ? given : text.ToString();

    private int LongestEcho => longestLine - CommandTable.Echo.Verb.Length - 1;

    private static Task<Either<ClientError, T>> Wrong<T>(ClientError error) =>
        Task.FromResult<Either<ClientError, T>>(error);

    private static ClientError.BadArgument NoText(string given) =>
        new("text to echo", given, "one line that is not blank, without half a surrogate pair");

    private static ClientError.BadArgument TooLong(string what, string given, int most) =>
        new(what, given, $"at most {most} bytes, or allow longer reply lines");

    /// <summary>What is wrong with a line that is to be sent as it is, if anything is.</summary>
    internal static Option<ClientError> NoLine(ReadOnlySpan<byte> given, int longest) =>
        given.Length > longest ? TooLong("line", Escape.ToPrintable(given), longest)
        : given.Contains(Grammar.Lf) || Grammar.IsBlank(given) ? BadLine(given)
        : Option<ClientError>.None;

    private static ClientError.BadArgument BadLine(ReadOnlySpan<byte> given) =>
        new("line", Escape.ToPrintable(given), "one line that is not blank: a blank one gets no reply");
}
