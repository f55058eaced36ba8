using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Primitives;

/// <summary>What a client waits for. <c>default(PendingOperation)</c> is <see cref="Connection"/>.</summary>
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

    /// <summary>Name resolution and connect.</summary>
    public static PendingOperation Connection => default;

    /// <summary>The greeting .</summary>
    public static PendingOperation Greeting => new(Case.Greeting);

    /// <summary>The next request of the caller; the server has nothing to send.</summary>
    public static PendingOperation Request => new(Case.Request);

    /// <summary>The server's close after BYE (C-6).</summary>
    public static PendingOperation Close => new(Case.Close);

    /// <summary>The reply to a command .</summary>
    /// <param name="command">The command.</param>
    public static PendingOperation ReplyTo(Command command) => new(Case.Reply, command);

    /// <summary>The reply to any line .</summary>
    /// <param name="line">The line, without its LF.</param>
    public static PendingOperation ReplyTo(ByteString line) =>
        new(Case.RawReply, Protocol.Parse(line.Memory).ToOption(), line);

    /// <summary>The verb of the request; REQUEST if it is not a valid command.</summary>
    internal string Verb =>
        command.Match(Some: static known => CommandTable.Of(known.Kind).Verb, None: static () => "REQUEST");

    /// <summary>Whether it is the reply to a QUIT in any form.</summary>
    internal bool IsQuit => command.IsSome && (Command)command == Command.Quit;

    /// <summary>The operation as the object of a sentence, such as <c>the reply to 'TIME'</c>.</summary>
    public override string ToString() =>
        @case switch
        {
            Case.Connection => "a connection",
            Case.Greeting => "the greeting",
            Case.Request => "the next request",
            Case.Reply => $"the reply to {Quote.Of(Protocol.Render((Command)command))}",
            Case.RawReply => $"the reply to {Quote.Of(line.Span)}",
            Case.Close => "the end of the connection after BYE",
        };

    /// <summary>Whether a reply that is not an error matches the request .</summary>
    internal bool Matches(in Reply reply) => command.IsSome && Protocol.IsReplyTo(reply, (Command)command);

    /// <summary>Writes the request's line and its LF.</summary>
    /// <returns>False if it does not fit; then nothing is written.</returns>
    internal bool TryRender(Span<byte> destination, out int written) =>
        @case == Case.Reply
            ? Protocol.TryRender((Command)command, destination, out written)
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
