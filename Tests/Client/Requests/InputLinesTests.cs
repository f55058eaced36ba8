using FsCheck;
using TinyTcp.Cli.Requests;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Requests;

/// <summary>Reading lines from an input.</summary>
public class InputLinesTests
{
    /// <summary>F-1.</summary>
    [Law]
    public void Lines_are_split_at_LF_for_any_segmentation(
        NonEmptyArray<LineText> texts,
        bool endsWithLf,
        Segmentation segmentation
    )
    {
        var lines = texts.Get.Select(static text => text.ToString()).ToArray();
        var bytes = WireBytes.Utf8(string.Join('\n', lines) + (endsWithLf ? "\n" : ""));
        Assert.All(
            new[] { segmentation, Segmentation.ByteByByte },
            each =>
            {
                using var input = new ScriptedStream(each.Segments(bytes));
                Assert.Equal(lines, InputLines.Read(input).Select(static line => TestValues.Right(line)));
            }
        );
    }

    [Fact]
    public void Buffering_stops_at_the_maximum_line_length()
    {
        const int Piece = 1 << 20;
        var pieces = Enumerable.Repeat((ReadOnlyMemory<byte>)new byte[Piece], 1_000);
        using var input = new ScriptedStream(pieces);
        var line = Assert.Single(InputLines.Read(input));
        Assert.StartsWith(
            "A line of the input is longer than 16777216 bytes",
            TestValues.Left(line).Message,
            StringComparison.Ordinal
        );
        Assert.InRange(input.BytesRead, InputLines.MaxLength, InputLines.MaxLength + Piece);
    }

    [Fact]
    public void A_line_of_the_maximum_length_is_read()
    {
        var longest = new string('x', InputLines.MaxLength);
        using var input = new ScriptedStream([WireBytes.Utf8($"{longest}\nand more")]);
        Assert.Equal(
            [longest, "and more"],
            InputLines.Read(input).Select(static line => TestValues.Right(line))
        );
    }
}
