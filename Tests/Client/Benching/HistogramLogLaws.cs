using System.Buffers.Binary;
using System.IO.Compression;
using HdrHistogram;
using HdrHistogram.Utilities;
using TinyTcp.Cli.Benching;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>Lines of HdrHistogram's log as other tools read them, and what is made of lines that are damaged.</summary>
public class HistogramLogLaws
{
    [Law]
    public bool The_format_s_own_library_reads_what_is_written((byte, byte, byte)[] some)
    {
        var buffer = ByteBuffer.Allocate(Block(Line(some)));
        return PercentileLaws.Same(
            HistogramEncoding.DecodeFromCompressedByteBuffer(buffer, 0),
            Counted(some)
        );
    }

    [Law]
    public void Lengths_are_told_exactly_and_what_is_compressed_has_its_end((byte, byte, byte)[] some)
    {
        var block = Block(Line(some));
        Assert.Equal(block.Length - 8, BinaryPrimitives.ReadInt32BigEndian(block.AsSpan(4)));

        using var inflated = new MemoryStream();
        using (var inflating = new ZLibStream(new MemoryStream(block[8..]), CompressionMode.Decompress))
        {
            inflating.CopyTo(inflated);
        }

        var plain = inflated.ToArray();
        Assert.Equal(plain.Length - 40, BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(4)));
        Assert.Equal(Adler(plain), BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(block.Length - 4)));
    }

    [Law]
    public void What_is_cut_off_is_not_read((byte, byte, byte)[] some, ushort at)
    {
        var line = Line(some).TrimEnd();
        var block = Block(line);
        var from = line.Length - Convert.ToBase64String(block).Length;
        Assert.True(HistogramLog.Read(line).IsSome);
        Assert.True(HistogramLog.Read(line[..(from + (Far(at) % (line.Length - from)))]).IsNone);
        Assert.True(
            HistogramLog.Read(line[..from] + Convert.ToBase64String(block[..(Far(at) % block.Length)])).IsNone
        );
    }

    [Law]
    public bool What_is_damaged_is_not_read_or_read_as_it_was((byte, byte, byte)[] some, ushort at, byte by)
    {
        var line = Line(some).TrimEnd();
        var block = Block(line);
        var from = line.Length - Convert.ToBase64String(block).Length;
        block[Far(at) % block.Length] ^= by;
        return HistogramLog
            .Read(line[..from] + Convert.ToBase64String(block))
            .ForAll(read => PercentileLaws.Same(read.Latencies, Counted(some)));
    }

    // Enough of them that many a damage would come to other latencies, were it not noticed.
    private static LongHistogram Counted((byte, byte, byte)[] some) =>
        PercentileLaws.Counted([
            .. PercentileLaws.Latencies(some),
            .. Enumerable.Range(0, 64 * some.Length).Select(static at => at * (at % 7) * 977L),
        ]);

    private static string Line((byte, byte, byte)[] some) =>
        HistogramLog.Line(Summary.Latency, Counted(some), TestValues.Moment, TestValues.Moment);

    /// <summary>Small numbers come more often than others, and would all be at the start.</summary>
    private static int Far(ushort at) => at * 7_919;

    private static byte[] Block(string line) => Convert.FromBase64String(line.TrimEnd().Split(',')[^1]);

    private static uint Adler(byte[] plain)
    {
        var (low, high) = (1U, 0U);
        foreach (var each in plain)
        {
            low = (low + each) % 65_521;
            high = (high + low) % 65_521;
        }

        return (high << 16) | low;
    }
}
