using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>
/// One conversation with a TinyTCP server. Calls may come from several threads at once: their requests go out one
/// after the other, in any order. Every call honours its token by a cancelled task; everything else that can go
/// wrong is a <see cref="ClientError"/>. Every reply has been checked against its request.
/// </summary>
/// <remarks>
/// After an error that <see cref="ClientError.EndsConversation"/>, and after a request was cancelled under way, every
/// later call returns an error at once: connect again.
/// </remarks>
public sealed partial class TinyTcpClient : IAsyncDisposable
{
    private readonly Conversation conversation;
    private readonly Deadline replyDeadline;
    private readonly int longestEcho;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly CancellationTokenSource disposal = new();

    // Read and written only by whoever has the turn.
    private Option<ClientError> ending;

    private TinyTcpClient(Conversation conversation, ClientOptions options, string greeting)
    {
        this.conversation = conversation;
        replyDeadline = new(options.ReplyTimeout, options.Time);
        longestEcho = options.MaxReplyLine - CommandTable.Echo.Verb.Length - 1;
        Greeting = greeting;
    }

    /// <summary>What the server said after <c>WELCOME,</c> (R-2); not escaped.</summary>
    public string Greeting { get; }

    /// <summary>Asks for the server's local time (C-3).</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The time to the second, with the server's offset from UTC.</returns>
    public Task<Either<ClientError, DateTimeOffset>> TimeAsync(
        CancellationToken cancellationToken = default
    ) => AskAsync(Command.Time, Payload.Time, cancellationToken);

    /// <summary>Asks for a text back (C-4).</summary>
    /// <param name="text">One line; white space at its ends is trimmed, and something must be left.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The text that came back: the one that was sent, byte for byte; not escaped.</returns>
    public Task<Either<ClientError, string>> EchoAsync(
        string text,
        CancellationToken cancellationToken = default
    ) =>
        Text.From(text)
            .Match(
                Some: sent =>
                    sent.Bytes.Length > longestEcho
                        ? Task.FromResult<Either<ClientError, string>>(TooLong(text))
                        : AskAsync(Command.Echo(sent), Payload.Echo, cancellationToken),
                None: () => Task.FromResult<Either<ClientError, string>>(NoText(text))
            );

    /// <summary>Asks which commands there are (C-5).</summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>The server's words, for people; not escaped.</returns>
    public Task<Either<ClientError, string>> HelpAsync(CancellationToken cancellationToken = default) =>
        AskAsync(Command.Help, Payload.Help, cancellationToken);

    /// <summary>
    /// Asks for the end, and waits until the server has closed (C-6); the reply and the close have the reply
    /// time-out each. Then the conversation is over.
    /// </summary>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>Nothing, when BYE was the server's last word.</returns>
    public Task<Either<ClientError, Unit>> QuitAsync(CancellationToken cancellationToken = default) =>
        TakeTurnAsync(QuitInTurnAsync, EndedBy.Quit, cancellationToken);

    /// <summary>Closes the connection; a request under way gets <see cref="ClientError.Over"/>.</summary>
    /// <returns>When it is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await disposal.CancelAsync().ConfigureAwait(false);
        await turn.WaitAsync().ConfigureAwait(false);
        ending = new ClientError.Over(EndedBy.Disposal);
        turn.Release();
        await conversation.DisposeAsync().ConfigureAwait(false);
    }

    private static ClientError.BadArgument NoText(string given) =>
        new("text to echo", given, "one line that is not blank, without half a surrogate pair");

    private ClientError.BadArgument TooLong(string given) =>
        new("text to echo", given, $"at most {longestEcho} bytes, or allow longer reply lines");
}
