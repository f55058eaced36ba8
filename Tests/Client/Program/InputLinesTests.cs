using TinyTcp.Cli.Asking;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>Lines out of an input, and what is held of it.</summary>
public class InputLinesTests
{
    /// <summary>F-1.</summary>
    [Law]
    public void Lines_are_what_stands_between_LFs_however_the_input_is_cut(
        LineText[] texts,
        bool isEnded,
        Segmentation cut
    )
    {
        var lines = texts.Select(static text => text.ToString()).ToArray();
        var whole = string.Join('\n', lines) + (isEnded && lines.Length > 0 ? "\n" : "");
        using var input = new ScriptedStream(cut.Segments(WireBytes.Utf8(whole)));
        Assert.Equal(lines, InputLines.Of(input).Select(static line => TestValues.Right(line)));
    }

    [Fact]
    public void Of_a_line_without_an_end_no_more_is_held_than_a_server_takes()
    {
        const int Piece = 1 << 20;
        var pieces = Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[Piece], 1_000);
        using var input = new ScriptedStream(pieces);
        var line = Assert.Single(InputLines.Of(input));
        Assert.StartsWith(
            "A line of the input has more than 16777216 bytes",
            TestValues.Left(line).Sentence,
            StringComparison.Ordinal
        );
        Assert.InRange(input.Taken, InputLines.Longest, InputLines.Longest + Piece);
    }

    [Fact]
    public void A_line_of_the_greatest_length_is_one()
    {
        var longest = new string('x', InputLines.Longest);
        using var input = new ScriptedStream([WireBytes.Utf8($"{longest}\nand more")]);
        Assert.Equal(
            [longest, "and more"],
            InputLines.Of(input).Select(static line => TestValues.Right(line))
        );
    }
}
