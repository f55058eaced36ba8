using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>What a client waits for: a closed union. <c>default(Awaited)</c> is Connection.</summary>
public readonly record struct Awaited
{
    private enum Case : byte
    {
        Connection,
        Greeting,
        Request,
        Reply,
        Answer,
        Close,
    }

    private readonly Case @case;
    private readonly Option<Command> asked;
    private readonly ByteString line;

    private Awaited(Case @case, Option<Command> asked = default, ByteString line = default)
    {
        this.@case = @case;
        this.asked = asked;
        this.line = line;
    }

    /// <summary>The host's address, and then a connection to it.</summary>
    public static Awaited Connection => default;

    /// <summary>The greeting, which a server says before anything is asked .</summary>
    public static Awaited Greeting => new(Case.Greeting);

    /// <summary>Nothing of the server: that the caller asks something.</summary>
    public static Awaited Request => new(Case.Request);

    /// <summary>The server's end of the connection after BYE (C-6).</summary>
    public static Awaited Close => new(Case.Close);

    /// <summary>The reply to a request .</summary>
    /// <param name="command">The request.</param>
    public static Awaited ReplyTo(Command command) => new(Case.Reply, command);

    /// <summary>The reply to a line that is perhaps no request .</summary>
    /// <param name="line">The line, without its LF.</param>
    public static Awaited ReplyTo(ByteString line) =>
        new(Case.Answer, Protocol.Parse(line.Memory).ToOption(), line);

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(
        Func<T> connection,
        Func<T> greeting,
        Func<T> request,
        Func<Command, T> reply,
        Func<ByteString, T> answer,
        Func<T> close
    ) =>
        @case switch
        {
            Case.Greeting => greeting(),
            Case.Request => request(),
            Case.Reply => reply((Command)asked),
            Case.Answer => answer(line),
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
            answer: static line => $"the reply to {Quote.Of(line.Span)}",
            close: static () => "the end of the connection after BYE"
        );

    /// <summary>Whether it is the reply to a QUIT, however that is written.</summary>
    internal bool IsQuit => asked.IsSome && (Command)asked == Command.Quit;

    /// <summary>Whether a reply, errors apart, can be the one that is waited for .</summary>
    internal bool Admits(in Reply reply) => asked.IsSome && Protocol.IsReplyTo(reply, (Command)asked);

    /// <summary>Writes the line that asks for a reply, and its LF.</summary>
    /// <returns>False where there is no room; then nothing is written.</returns>
    internal bool TryRender(Span<byte> destination, out int written) =>
        @case == Case.Reply
            ? Protocol.TryRender((Command)asked, destination, out written)
            : TryCopy(line.Span, destination, out written);

    private static bool TryCopy(ReadOnlySpan<byte> line, Span<byte> destination, out int written)
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
