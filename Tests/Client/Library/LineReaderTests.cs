using TinyTcp.Client;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Lines out of a stream: nothing lost, nothing held beyond the limit, however the bytes are cut.</summary>
public class LineReaderTests
{
    private const int Limit = 64;

    [Law]
    public void Any_cut_of_any_bytes_gives_the_same_lines(AnyBytes bytes, Segmentation cut) =>
        Assert.Equal<string>(Model(bytes.Bytes.Span), LinesOf(cut.Segments(bytes.Bytes)));

    [Law]
    public void So_does_a_cut_after_every_byte(AnyBytes bytes) =>
        Assert.Equal<string>(Model(bytes.Bytes.Span), LinesOf(Segmentation.ByteByByte.Segments(bytes.Bytes)));

    [Law]
    public void There_is_never_room_for_more_than_the_limit_and_an_LF(AnyBytes bytes, Segmentation cut)
    {
        var stream = new ScriptedStream(cut.Segments(bytes.Bytes));
        ReadAll(stream);
        Assert.InRange(stream.LargestRead, 0, Limit + 1);
    }

    [Theory]
    [InlineData(Limit)]
    [InlineData(5_000)]
    public void A_line_may_be_as_long_as_the_limit_however_it_comes(int limit)
    {
        foreach (
            var cut in new[]
            {
                Segmentation.Whole,
                Segmentation.ByteByByte,
                new Segmentation([limit]),
                new Segmentation([limit + 1]),
            }
        )
        {
            Assert.Equal<string>([new('x', limit), "lost after False"], LinesOf(limit, limit, cut));
            Assert.Equal<string>(["too long"], LinesOf(limit + 1, limit, cut));
        }
    }

    [Theory]
    [InlineData(Limit)]
    [InlineData(5_000)]
    public void A_line_without_end_is_held_up_to_the_limit_only(int limit)
    {
        var stream = new ScriptedStream(Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[1 << 16], 16));

        Assert.Equal<string>(["too long"], ReadAll(stream, limit));
        Assert.Equal(limit + 1, stream.Taken);
    }

    /// <summary>The obvious reading: split at LF, stop at the first line over the limit.</summary>
    private static List<string> Model(ReadOnlySpan<byte> bytes)
    {
        var lines = WireBytes.Characters(bytes).Split('\n');
        var whole = lines.TakeWhile(static line => line.Length <= Limit).Count();
        return whole == lines.Length
            ? [.. lines[..^1], $"lost after {lines[^1].Length > 0}"]
            : [.. lines[..whole], "too long"];
    }

    private static List<string> LinesOf(IEnumerable<ReadOnlyMemory<byte>> pieces) =>
        ReadAll(new ScriptedStream(pieces));

    private static List<string> LinesOf(int length, int limit, Segmentation cut) =>
        ReadAll(new ScriptedStream(cut.Segments(WireBytes.Bytes(new string('x', length) + "\n"))), limit);

    private static List<string> ReadAll(ScriptedStream stream, int limit = Limit)
    {
        var reader = new LineReader(stream, limit);
        var lines = new List<string>();
        while (true)
        {
            // A stream in memory never waits, so neither does this.
            var read = reader.ReadLineAsync(Awaited.Greeting, CancellationToken.None).Result;
            if (read.IsLeft)
            {
                lines.Add(
                    TestValues.Left(read) is ClientError.Lost lost
                        ? $"lost after {lost.Begun.Length > 0}"
                        : "too long"
                );
                return lines;
            }

            lines.Add(WireBytes.Characters(TestValues.Right(read).Span));
        }
    }
}
