using System.Buffers.Binary;
using System.IO.Compression;
using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;

namespace TinyTcp.Cli.Benching;

/// <summary>
/// Reads a line of HdrHistogram's log: its own reader makes histograms by reflection, which a native file cannot. Only what
/// <see cref="HistogramFile"/> writes is read: cells as <see cref="Latencies"/> has them.
/// </summary>
internal static class HistogramLog
{
    private const string TagName = "Tag=";
    private const int CompressedCookie = 0x1c849304;
    private const int Cookie = 0x1c849303;
    private const int CookieMask = ~0xF0;
    private const int CompressedHeader = 8;
    private const int Header = 40;
    private const int DigitsAt = 12;
    private const int LowestAt = 16;
    private const int HalfMagnitude = 10;
    private const int Half = 1 << HalfMagnitude;

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

    private static LongHistogram Decode(ReadOnlySpan<byte> compressed)
    {
        Demand(compressed.Length > CompressedHeader && IsCookie(compressed, CompressedCookie));
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
