using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Replies;

/// <summary>What holds of every reply.</summary>
internal static class ReplyLaws
{
    internal static void ReadUndoesRender(Reply reply)
    {
        Assert.Equal(reply, Some.Right(Protocol.Read(Protocol.Render(reply))));
        Assert.Equal(Protocol.Render(reply), reply.ToString());
    }

    /// <summary>A reply has a text, a time or neither, as its syntax says.</summary>
    internal static void ItHasThePayloadOfItsKind(Reply reply) =>
        Assert.Equal(
            ReplySyntax.PayloadOf(reply.Kind),
            reply.AsTime.IsSome ? ReplyPayload.Timestamp
                : reply.AsText.IsSome ? ReplyPayload.Text
                : ReplyPayload.None
        );

    /// <summary>Rendering into bytes writes the same line and LF, and nothing where there is no room.</summary>
    internal static void BothRendersAgree(Reply reply)
    {
        var line = WireBytes.Utf8(Protocol.Render(reply) + "\n");
        var room = new byte[line.Length + 1];
        Assert.True(Protocol.TryRender(reply, room, out var written));
        Assert.Equal(line, room[..written]);
        Assert.True(Protocol.TryRender(reply, room.AsSpan(0, line.Length), out _));
        Assert.False(Protocol.TryRender(reply, room.AsSpan(0, line.Length - 1), out var none));
        Assert.Equal(0, none);
    }

    /// <summary>The letter case of a reply's first word, an error's or a time's makes no difference .</summary>
    internal static void CaseMakesNoDifference(Reply reply, int mask) =>
        Assert.Equal(reply, Some.Right(Protocol.Read(Recased(reply, mask))));

    internal static void WhiteSpaceMakesNoDifference(Reply reply, int before, int after)
    {
        var line = Letters.White(before) + Protocol.Render(reply) + Letters.White(after);
        Assert.Equal(reply, Some.Right(Protocol.Read(line)));
    }

    /// <summary>A command's own reply answers it, and so does any error; what another text echoes does not.</summary>
    internal static void OnlyItsOwnReplyAnswers(Command command, Command other, ErrorCode error)
    {
        Assert.True(Protocol.IsReplyTo(Protocol.Evaluate(command, Some.Moment), command));
        Assert.True(Protocol.IsReplyTo(Reply.Error(error), command));
        Assert.True(Protocol.IsReplyTo(Reply.Error(Some.Text("SOME_LATER_WORD")), command));
        Assert.False(Protocol.IsReplyTo(Protocol.Greeting, command));
        Assert.Equal(command == other, Protocol.IsReplyTo(Protocol.Evaluate(other, Some.Moment), command));
    }

    private static string Recased(Reply reply, int mask)
    {
        var line = Protocol.Render(reply);
        return reply.AsError.IsSome || reply.AsText.IsNone
            ? Letters.Recase(line, mask)
            : Recase(line, Some.Given(reply.AsText).ToString(), mask);
    }

    private static string Recase(string line, string text, int mask) =>
        Letters.Recase(line[..^text.Length], mask) + text;
}
