using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Primitives;

/// <summary>What a client waits for: a closed union. <c>default(Awaited)</c> is Connection.</summary>
public readonly record struct PendingOperation
{
    private enum Case : byte
    {
        Connection,
        Greeting,
        Request,
        Reply,
        RawReply,
        Close,
    }

    private readonly Case @case;
    private readonly Option<Command> command;
    private readonly ByteString line;

    private PendingOperation(Case @case, Option<Command> command = default, ByteString line = default)
    {
        this.@case = @case;
        this.command = command;
        this.line = line;
    }

    /// <summary>The host's address, and then a connection to it.</summary>
    public static PendingOperation Connection => default;

    /// <summary>The greeting, which a server says before anything is asked .</summary>
    public static PendingOperation Greeting => new(Case.Greeting);

    /// <summary>Nothing of the server: that the caller asks something.</summary>
    public static PendingOperation Request => new(Case.Request);

    /// <summary>The server's end of the connection after BYE (C-6).</summary>
    public static PendingOperation Close => new(Case.Close);

    /// <summary>The reply to a request .</summary>
    /// <param name="command">The request.</param>
    public static PendingOperation ReplyTo(Command command) => new(Case.Reply, command);

    /// <summary>The reply to a line that is perhaps no request .</summary>
    /// <param name="line">The line, without its LF.</param>
    public static PendingOperation ReplyTo(ByteString line) =>
        new(Case.RawReply, Protocol.Parse(line.Memory).ToOption(), line);

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(
        Func<T> connection,
        Func<T> greeting,
        Func<T> request,
        Func<Command, T> reply,
        Func<ByteString, T> rawReply,
        Func<T> close
    ) =>
        @case switch
        {
            Case.Greeting => greeting(),
            Case.Request => request(),
            Case.Reply => reply((Command)command),
            Case.RawReply => rawReply(line),
            Case.Close => close(),
            _ => connection(),
        };

    /// <summary>What is waited for, as it stands in a sentence.</summary>
    /// <returns>Such as <c>the reply to 'TIME'</c>.</returns>
    public override string ToString() =>
        Match(
            connection: static () => "a connection",
            greeting: static () => "the greeting",
            request: static () => "the next request",
            reply: static command => $"the reply to {Quote.Of(Protocol.Render(command))}",
            rawReply: static line => $"the reply to {Quote.Of(line.Span)}",
            close: static () => "the end of the connection after BYE"
        );

    /// <summary>Whether it is the reply to a QUIT, however that is written.</summary>
    internal bool IsQuit => command.IsSome && (Command)command == Command.Quit;

    /// <summary>Whether a reply, errors apart, can be the one that is waited for .</summary>
    internal bool Matches(in Reply reply) => command.IsSome && Protocol.IsReplyTo(reply, (Command)command);

    /// <summary>Writes the line that asks for a reply, and its LF.</summary>
    /// <returns>False where there is no room; then nothing is written.</returns>
    internal bool TryRender(Span<byte> destination, out int written) =>
        @case == Case.Reply
            ? Protocol.TryRender((Command)command, destination, out written)
            : TryCopyLine(line.Span, destination, out written);

    private static bool TryCopyLine(ReadOnlySpan<byte> line, Span<byte> destination, out int written)
    {
        written = line.Length < destination.Length ? line.Length + 1 : 0;
        if (written == 0)
        {
            return false;
        }

        line.CopyTo(destination);
        destination[line.Length] = Grammar.Lf;
        return true;
    }
}
