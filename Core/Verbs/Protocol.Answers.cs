using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;

namespace TinyTcp.Core.Verbs;

/// <content>The client's check that a stream has not lost its place.</content>
public static partial class Protocol
{
    /// <summary>Whether a reply can be the answer to a command: of its kind, and an ECHO's text the same .</summary>
    /// <param name="reply">What the server said.</param>
    /// <param name="command">What it was asked.</param>
    /// <returns>True for the command's own reply and for any error; an error of either effect may come instead.</returns>
    public static bool IsReplyTo(in Reply reply, Command command) =>
        reply.Match(
            context: command,
            welcome: static (_, _) => false,
            time: static (asked, _) => asked == Command.Time,
            echo: static (asked, text) => asked == Command.Echo(text),
            help: static (asked, _) => asked == Command.Help,
            bye: static asked => asked == Command.Quit,
            error: static (_, _) => true,
            unknownError: static (_, _) => true
        );
}
