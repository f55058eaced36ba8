using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Commands;

/// <summary>What holds of every request line.</summary>
internal static class ParseLaws
{
    internal static void ParseUndoesRender(Command command)
    {
        Assert.Equal(command, Some.Right(Protocol.Parse(Protocol.Render(command))));
        Assert.Equal(Protocol.Render(command), command.ToString());
    }

    /// <summary>Rendering into bytes writes the same line and LF, and nothing where there is no room.</summary>
    internal static void BothRendersAgree(Command command)
    {
        var line = WireBytes.Utf8(Protocol.Render(command) + "\n");
        var room = new byte[line.Length + 1];
        Assert.True(Protocol.TryRender(command, room, out var written));
        Assert.Equal(line, room[..written]);
        Assert.True(Protocol.TryRender(command, room.AsSpan(0, line.Length), out _));
        Assert.False(Protocol.TryRender(command, room.AsSpan(0, line.Length - 1), out var none));
        Assert.Equal(0, none);
    }

    internal static void BothFacesAgree(RequestLine line)
    {
        var characters = System.Text.Encoding.UTF8.GetString(line.Bytes.Span);
        var bytes = WireBytes.Utf8(characters);
        Assert.Equal(Protocol.Parse(bytes), Protocol.Parse(characters));
    }

    /// <summary>The letter case of the verb, and no other, makes no difference.</summary>
    internal static void VerbCaseMakesNoDifference(Command command, int mask)
    {
        var rendered = Protocol.Render(command);
        var verb = rendered.Split(' ')[0];
        var recased = Letters.Recase(verb, mask) + rendered[verb.Length..];
        Assert.Equal(command, Some.Right(Protocol.Parse(recased)));
    }

    /// <summary>White space round the line and between verb and text makes no difference.</summary>
    internal static void WhiteSpaceMakesNoDifference(Command command, int before, int between, int after)
    {
        var words = Protocol.Render(command).Split(' ', 2);
        var gap = words.Length > 1 ? Letters.White(between) + words[1] : "";
        var sloppy = $"{Letters.White(before)}{words[0]}{gap}{Letters.White(after)}";
        Assert.Equal(command, Some.Right(Protocol.Parse(sloppy)));
    }

    /// <summary>What follows a verb that takes no argument is ignored (C-2).</summary>
    internal static void ArgumentsAreIgnored(CommandSpec row, LineText argument) =>
        Assert.Equal(Protocol.Parse(row.Verb), Protocol.Parse($"{row.Verb} {argument}"));

    /// <summary>A line is answered by the session as the three verbs, one after the other, answer it.</summary>
    internal static void TheSessionIsTheComposition(RequestLine line)
    {
        var fits = line.Bytes.Length <= Some.SmallLimits.MaxLine;
        var isBlank = line.Bytes.ToArray().All(Grammar.IsSpace);
        var reply = Protocol.Evaluate(Protocol.Parse(line.Bytes), Some.Moment);
        var host = Host.Opened(Some.SmallLimits);
        host.TakeSaid();
        Assert.Equal(
            !fits ? WireBytes.Line(ErrorCode.LineTooLong)
                : isBlank ? ""
                : WireBytes.Line(reply),
            host.Receive((byte[])[.. line.Bytes.Span, Grammar.Lf]).TakeSaid()
        );
    }
}
