using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Verbs;

/// <content>From a command and the time to the reply.</content>
public static partial class Protocol
{
    /// <summary>The greeting, said before anything is asked .</summary>
    public static Reply Greeting => Reply.Welcome(ReplyTable.WelcomeText);

    /// <summary>What a command is answered with (C-3 to C-6).</summary>
    /// <param name="command">Any command.</param>
    /// <param name="now">The server's local time: the only thing outside the command that a reply depends on.</param>
    /// <returns>The reply.</returns>
    public static Reply Evaluate(Command command, in Timestamp now) =>
        command.Match(
            context: now,
            time: static now => Reply.Time(now),
            echo: static (_, text) => Reply.Echo(text),
            help: static _ => Reply.Help(CommandTable.HelpText),
            quit: static _ => Reply.Bye
        );

    /// <summary>What a parsed line is answered with: its command's reply, or its error.</summary>
    /// <param name="parsed">What <see cref="Parse(System.ReadOnlyMemory{byte})"/> gave.</param>
    /// <param name="now">The server's local time.</param>
    /// <returns>The reply.</returns>
    public static Reply Evaluate(Either<ErrorCode, Command> parsed, in Timestamp now) =>
        parsed.IsRight ? Evaluate((Command)parsed, now) : Reply.Error((ErrorCode)parsed);
}
