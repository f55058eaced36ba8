using System;
using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Verbs;

/// <content>From a command and the time to the reply.</content>
public static partial class Protocol
{
    /// <summary>The greeting, sent before any request .</summary>
    public static Reply Greeting { get; } = Reply.Welcome(LineText.Literal("I'm TinyServer not pressure"));

    /// <summary>The reply to a command (C-3 to C-6).</summary>
    /// <param name="command">Any command.</param>
    /// <param name="now">The server's local time: the only input besides the command.</param>
    /// <returns>The reply.</returns>
    public static Reply Evaluate(Command command, DateTimeOffset now) =>
        command.Kind switch
        {
            CommandKind.Time => Reply.Time(Timestamp.From(now)),
            CommandKind.Echo => Reply.Echo(command.Text),
            CommandKind.Help => Reply.Help(CommandTable.HelpText),
            CommandKind.Quit => Reply.Bye,
        };

    /// <summary>The reply to a parsed line: its command's reply, or its error.</summary>
    /// <param name="parsed">The result of <see cref="Parse(ReadOnlyMemory{byte})"/>.</param>
    /// <param name="now">The server's local time.</param>
    /// <returns>The reply.</returns>
    public static Reply Evaluate(Either<ErrorCode, Command> parsed, DateTimeOffset now) =>
        parsed.IsRight ? Evaluate((Command)parsed, now) : Reply.Error((ErrorCode)parsed);

    /// <summary>
    /// Whether a reply can be the reply to a command: its kind fits, and an ECHO's text is the same. Clients check
    /// with it that requests and replies are still in step.
    /// </summary>
    /// <param name="reply">What the server sent.</param>
    /// <param name="command">The request.</param>
    /// <returns>True for the command's own reply and for any error.</returns>
    public static bool IsReplyTo(in Reply reply, Command command)
    {
        var expected = Evaluate(command, default(DateTimeOffset));
        return reply.IsError
            || (reply.Kind == expected.Kind && (reply.Kind != ReplyKind.Echo || reply == expected));
    }
}
