using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Commands;

/// <summary>Laws of commands and request lines.</summary>
internal static class ParseLaws
{
    internal static void ParseUndoesRender(Command command)
    {
        Assert.Equal(command, TestValues.Right(Protocol.Parse(Protocol.Render(command))));
        Assert.Equal(Protocol.Render(command), command.ToString());
    }

    /// <summary>TryRender writes the line of Render and an LF, or nothing if the destination is too small.</summary>
    internal static void RenderAndTryRenderAgree(Command command)
    {
        var line = WireBytes.Utf8(Protocol.Render(command) + "\n");
        var destination = new byte[line.Length + 1];
        Assert.True(Protocol.TryRender(command, destination, out var written));
        Assert.Equal(line, destination[..written]);
        Assert.True(Protocol.TryRender(command, destination.AsSpan(0, line.Length), out _));
        Assert.False(
            Protocol.TryRender(command, destination.AsSpan(0, line.Length - 1), out var writtenOnFailure)
        );
        Assert.Equal(0, writtenOnFailure);
    }

    internal static void CharactersAndBytesAgree(RequestLine line)
    {
        var characters = System.Text.Encoding.UTF8.GetString(line.Bytes.Span);
        var bytes = WireBytes.Utf8(characters);
        Assert.Equal(Protocol.Parse(bytes), Protocol.Parse(characters));
    }

    /// <summary>The letter case of the verb makes no difference.</summary>
    internal static void VerbCaseMakesNoDifference(Command command, int mask)
    {
        var rendered = Protocol.Render(command);
        var verb = rendered.Split(' ')[0];
        var recased = Letters.Recase(verb, mask) + rendered[verb.Length..];
        Assert.Equal(command, TestValues.Right(Protocol.Parse(recased)));
    }

    /// <summary>White space around the line and between verb and text makes no difference.</summary>
    internal static void WhiteSpaceMakesNoDifference(Command command, int before, int between, int after)
    {
        var parts = Protocol.Render(command).Split(' ', 2);
        var argument = parts.Length > 1 ? Letters.White(between) + parts[1] : "";
        var spaced = $"{Letters.White(before)}{parts[0]}{argument}{Letters.White(after)}";
        Assert.Equal(command, TestValues.Right(Protocol.Parse(spaced)));
    }

    /// <summary>An argument that the command does not take is ignored (C-2).</summary>
    internal static void ArgumentsAreIgnored(CommandSpec row, LineText argument) =>
        Assert.Equal(Protocol.Parse(row.Verb), Protocol.Parse($"{row.Verb} {argument}"));

    /// <summary>The session replies to a line as Parse, Evaluate and Render do.</summary>
    internal static void TheSessionEqualsParseEvaluateAndRender(RequestLine line)
    {
        var fits = line.Bytes.Length <= TestValues.SmallLimits.MaxLine;
        var isBlank = line.Bytes.ToArray().All(Grammar.IsSpace);
        var reply = Protocol.Evaluate(Protocol.Parse(line.Bytes), TestValues.Moment);
        var host = Host.Opened(TestValues.SmallLimits);
        host.TakeOutput();
        Assert.Equal(
            !fits ? WireBytes.Line(ErrorCode.LineTooLong)
                : isBlank ? ""
                : WireBytes.Line(reply),
            host.Receive((byte[])[.. line.Bytes.Span, Grammar.Lf]).TakeOutput()
        );
    }
}
