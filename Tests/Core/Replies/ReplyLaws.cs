using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Replies;

/// <summary>Laws of replies.</summary>
internal static class ReplyLaws
{
    internal static void ReadUndoesRender(Reply reply)
    {
        Assert.Equal(reply, TestValues.Right(Protocol.Read(Protocol.Render(reply))));
        Assert.Equal(Protocol.Render(reply), reply.ToString());
    }

    /// <summary>A reply has a text, a time or neither, as its syntax requires.</summary>
    internal static void HasThePayloadOfItsKind(Reply reply) =>
        Assert.Equal(
            ReplySyntax.PayloadOf(reply.Kind),
            reply.AsTime.IsSome ? ReplyPayload.Timestamp
                : reply.AsText.IsSome ? ReplyPayload.Text
                : ReplyPayload.None
        );

    /// <summary>TryRender writes the line of Render and an LF, or nothing if the destination is too small.</summary>
    internal static void RenderAndTryRenderAgree(Reply reply)
    {
        var line = WireBytes.Utf8(Protocol.Render(reply) + "\n");
        var destination = new byte[line.Length + 1];
        Assert.True(Protocol.TryRender(reply, destination, out var written));
        Assert.Equal(line, destination[..written]);
        Assert.True(Protocol.TryRender(reply, destination.AsSpan(0, line.Length), out _));
        Assert.False(
            Protocol.TryRender(reply, destination.AsSpan(0, line.Length - 1), out var writtenOnFailure)
        );
        Assert.Equal(0, writtenOnFailure);
    }

    /// <summary>Letter case makes no difference, except in the text of a reply that is not an error .</summary>
    internal static void CaseMakesNoDifference(Reply reply, int mask) =>
        Assert.Equal(reply, TestValues.Right(Protocol.Read(RecasedLine(reply, mask))));

    internal static void WhiteSpaceMakesNoDifference(Reply reply, int before, int after)
    {
        var line = Letters.White(before) + Protocol.Render(reply) + Letters.White(after);
        Assert.Equal(reply, TestValues.Right(Protocol.Read(line)));
    }

    /// <summary>
    /// IsReplyTo accepts the command's own reply and any error, but neither the greeting nor another command's reply.
    /// </summary>
    internal static void IsReplyToItsOwnCommandOnly(Command command, Command other, ErrorCode error)
    {
        Assert.True(Protocol.IsReplyTo(Protocol.Evaluate(command, TestValues.Moment), command));
        Assert.True(Protocol.IsReplyTo(Reply.Error(error), command));
        Assert.True(Protocol.IsReplyTo(Reply.Error(TestValues.Text("SOME_LATER_WORD")), command));
        Assert.False(Protocol.IsReplyTo(Protocol.Greeting, command));
        Assert.Equal(
            command == other,
            Protocol.IsReplyTo(Protocol.Evaluate(other, TestValues.Moment), command)
        );
    }

    private static string RecasedLine(Reply reply, int mask)
    {
        var line = Protocol.Render(reply);
        return reply.AsError.IsSome || reply.AsText.IsNone
            ? Letters.Recase(line, mask)
            : RecasePrefix(line, TestValues.Given(reply.AsText).ToString(), mask);
    }

    private static string RecasePrefix(string line, string text, int mask) =>
        Letters.Recase(line[..^text.Length], mask) + text;
}
