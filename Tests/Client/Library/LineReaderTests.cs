using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The lines of a stream do not depend on its segments, and the buffer is bounded.</summary>
public class LineReaderTests
{
    private const int Limit = 64;

    [Law]
    public void Segmentation_does_not_change_the_lines(AnyBytes bytes, Segmentation segmentation) =>
        Assert.Equal<string>(Model(bytes.Bytes.Span), LinesOf(segmentation.Segments(bytes.Bytes)));

    [Law]
    public void Bytes_received_one_by_one_give_the_same_lines(AnyBytes bytes) =>
        Assert.Equal<string>(Model(bytes.Bytes.Span), LinesOf(Segmentation.ByteByByte.Segments(bytes.Bytes)));

    [Law]
    public void The_buffer_never_exceeds_the_limit_and_an_LF(AnyBytes bytes, Segmentation segmentation)
    {
        var stream = new ScriptedStream(segmentation.Segments(bytes.Bytes));
        ReadAll(stream);
        Assert.InRange(stream.MaxReadSize, 0, Limit + 1);
    }

    [Theory]
    [InlineData(Limit)]
    [InlineData(5_000)]
    public void A_line_may_be_as_long_as_the_limit(int limit)
    {
        foreach (
            var segmentation in new[]
            {
                Segmentation.Whole,
                Segmentation.ByteByByte,
                new Segmentation([limit]),
                new Segmentation([limit + 1]),
            }
        )
        {
            Assert.Equal<string>([new('x', limit), "lost after False"], LinesOf(limit, limit, segmentation));
            Assert.Equal<string>(["too long"], LinesOf(limit + 1, limit, segmentation));
        }
    }

    [Theory]
    [InlineData(Limit)]
    [InlineData(5_000)]
    public void A_line_without_LF_is_buffered_up_to_the_limit(int limit)
    {
        var stream = new ScriptedStream(Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[1 << 16], 16));

        Assert.Equal<string>(["too long"], ReadAll(stream, limit));
        Assert.Equal(limit + 1, stream.BytesRead);
    }

    /// <summary>Splits at LF and stops at the first line over the limit.</summary>
    private static List<string> Model(ReadOnlySpan<byte> bytes)
    {
        var lines = WireBytes.Characters(bytes).Split('\n');
        var complete = lines.TakeWhile(static line => line.Length <= Limit).Count();
        return complete == lines.Length
            ? [.. lines[..^1], $"lost after {lines[^1].Length > 0}"]
            : [.. lines[..complete], "too long"];
    }

    private static List<string> LinesOf(IEnumerable<ReadOnlyMemory<byte>> segments) =>
        ReadAll(new ScriptedStream(segments));

    private static List<string> LinesOf(int length, int limit, Segmentation segmentation) =>
        ReadAll(
            new ScriptedStream(segmentation.Segments(WireBytes.Bytes(new string('x', length) + "\n"))),
            limit
        );

    private static List<string> ReadAll(ScriptedStream stream, int limit = Limit)
    {
        var reader = new LineReader(stream, limit);
        var lines = new List<string>();
        while (true)
        {
            // Reads of this stream complete at once.
            var read = reader.ReadLineAsync(PendingOperation.Greeting, CancellationToken.None).Result;
            if (read.IsLeft)
            {
                lines.Add(
                    TestValues.Left(read) is ClientError.ConnectionLost lost
                        ? $"lost after {lost.PartialLine.Length > 0}"
                        : "too long"
                );
                return lines;
            }

            lines.Add(WireBytes.Characters(TestValues.Right(read).Span));
        }
    }
}
