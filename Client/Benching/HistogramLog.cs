using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using HdrHistogram;
using HdrHistogram.Encoding;
using HdrHistogram.Utilities;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;

namespace TinyTcp.Cli.Benching;

/// <summary>
/// HdrHistogram's log, line by line. The library's own writer leaves out the end of what it compresses, which other tools miss;
/// its reader makes histograms by reflection, which a native file cannot. Only what is written here is read: cells as
/// <see cref="Latencies"/> has them.
/// </summary>
internal static class HistogramLog
{
    private const string TagName = "Tag=";
    private const int CompressedCookie = 0x1c849314;
    private const int Cookie = 0x1c849313;
    private const int CookieMask = ~0xF0;
    private const int CompressedHeader = 8;
    private const int LengthAt = 4;
    private const int Header = 40;
    private const int DigitsAt = 12;
    private const int LowestAt = 16;
    private const int HalfMagnitude = 10;
    private const int Half = 1 << HalfMagnitude;

    /// <summary>The lines that a log begins with.</summary>
    internal static string Head(DateTimeOffset start) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            #[Histogram log format version 1.3]
            #[StartTime: {Seconds(start):F3} (seconds since epoch), {start.UtcDateTime:o}]
            "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"

            """
        );

    /// <summary>A line of latencies.</summary>
    internal static string Line(
        string tag,
        HistogramBase latencies,
        DateTimeOffset start,
        DateTimeOffset end
    ) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{TagName}{tag},{Seconds(start):F3},{(end - start).TotalSeconds:F3},{latencies.GetMaxValue() / 1e6:F3},{Convert.ToBase64String(Encode(latencies))}\n"
        );

    /// <summary>Whether a line is one of latencies: others are comments, or name the columns.</summary>
    internal static bool IsOfLatencies(string line) => line.Length > 0 && line[0] != '#' && line[0] != '"';

    /// <summary>Reads the latencies in a line.</summary>
    /// <returns>Their tag, and them; nothing where the line is of another form, or the tag none of ours.</returns>
    internal static Option<(string Tag, HistogramBase Latencies)> Read(string line)
    {
        var parts = line.Split(',');
        var isTagged = parts[0].StartsWith(TagName, StringComparison.Ordinal);
        var tag = isTagged ? parts[0][TagName.Length..] : Summary.Latency;
        if (!Summary.Names.Contains(tag, StringComparer.Ordinal))
        {
            return default;
        }

        try
        {
            return (tag, Decode(Convert.FromBase64String(parts[^1])));
        }
        catch (Exception wrong)
            when (wrong is FormatException or InvalidDataException or EndOfStreamException)
        {
            return default;
        }
    }

    private static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1e3;

    private static byte[] Encode(HistogramBase latencies)
    {
        var buffer = ByteBuffer.Allocate(latencies.GetNeededByteBufferCapacity());
        var plain = new byte[latencies.Encode(buffer, HistogramEncoderV2.Instance)];
        buffer.Position = 0;
        for (var at = 0; at < plain.Length; at++)
        {
            plain[at] = buffer.Get();
        }

        using var compressed = new MemoryStream();
        compressed.Write(stackalloc byte[CompressedHeader]);
        using (var deflating = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflating.Write(plain);
        }

        var all = compressed.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(all, CompressedCookie);
        BinaryPrimitives.WriteInt32BigEndian(all.AsSpan(LengthAt), all.Length - CompressedHeader);
        return all;
    }

    private static LongHistogram Decode(ReadOnlySpan<byte> compressed)
    {
        Demand(compressed.Length > CompressedHeader && IsCookie(compressed, CompressedCookie));
        Demand(Length(compressed) == compressed.Length - CompressedHeader);
        using var input = new MemoryStream(compressed[CompressedHeader..].ToArray());
        using var inflated = new ZLibStream(input, CompressionMode.Decompress);
        using var all = new MemoryStream();
        inflated.CopyTo(all);
        return Count(all.ToArray());
    }

    private static LongHistogram Count(ReadOnlySpan<byte> plain)
    {
        Demand(plain.Length >= Header && IsCookie(plain, Cookie));
        Demand(BinaryPrimitives.ReadInt32BigEndian(plain[DigitsAt..]) == Latencies.Digits);
        Demand(BinaryPrimitives.ReadInt64BigEndian(plain[LowestAt..]) == 1);
        Demand(Length(plain) == plain.Length - Header);
        var latencies = Latencies.None();
        var index = 0L;
        for (var at = Header; at < plain.Length; )
        {
            // A count; or, below zero, how many cells hold nothing.
            var number = ReadNumber(plain, ref at);
            if (number > 0)
            {
                Demand(ValueAt(index) is >= 0 and <= Latencies.Longest);
                latencies.Count(ValueAt(index), number);
            }

            index += number < 0 ? -number : 1;
        }

        return latencies;
    }

    /// <summary>The least value of a cell.</summary>
    private static long ValueAt(long index) =>
        index < 2 * Half ? index
        : index >> HalfMagnitude <= 40 ? ((index & (Half - 1)) + Half) << (int)((index >> HalfMagnitude) - 1)
        : -1;

    /// <summary>Seven bits a byte, the least first; of the ninth all eight. The last bit of all is the sign.</summary>
    private static long ReadNumber(ReadOnlySpan<byte> plain, ref int at)
    {
        var bits = 0UL;
        var more = true;
        for (var shift = 0; more; shift += 7)
        {
            Demand(at < plain.Length);
            var next = plain[at++];
            more = next >= 0x80 && shift < 56;
            bits |= (ulong)(shift < 56 ? next & 0x7F : next) << shift;
        }

        return (long)(bits >> 1) ^ -(long)(bits & 1);
    }

    private static int Length(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadInt32BigEndian(bytes[LengthAt..]);

    private static bool IsCookie(ReadOnlySpan<byte> bytes, int cookie) =>
        (BinaryPrimitives.ReadInt32BigEndian(bytes) & CookieMask) == (cookie & CookieMask);

    private static void Demand(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException();
        }
    }
}
