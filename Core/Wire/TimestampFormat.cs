using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using LanguageExt;

namespace TinyTcp.Core.Wire;

/// <summary>The written form of a moment: what is rendered, and the forms that are read (T-1, T-2).</summary>
internal static class TimestampFormat
{
    // timestamp = date "T" time offset ; 2025-09-12T17:24:13-05:00
    /// <summary>The one form that is written.</summary>
    internal const string Pattern = "yyyy-MM-dd'T'HH:mm:sszzz";

    private const int ToSeconds = 19;

    // read-timestamp = date ("T" / "t") time ["." 1*DIGIT] (offset / "Z" / "z")
    /// <summary>The moment that some bytes name, to the second; none where they name none.</summary>
    internal static Option<DateTimeOffset> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= ToSeconds)
        {
            return default;
        }

        Span<char> canonical = stackalloc char[Timestamp.Length];
        return
            Widen(bytes[..ToSeconds], canonical)
            && Widen(OffsetIn(bytes[ToSeconds..]), canonical[ToSeconds..])
            && DateTimeOffset.TryParseExact(
                canonical,
                Pattern,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var moment
            )
            ? moment
            : default(Option<DateTimeOffset>);
    }

    /// <summary>The offset as six bytes; empty where there is none.</summary>
    private static ReadOnlySpan<byte> OffsetIn(ReadOnlySpan<byte> afterSeconds)
    {
        var zone = afterSeconds[FractionLength(afterSeconds)..];
        return Ascii.EqualsIgnoreCase(zone, "Z"u8) ? "+00:00"u8
            : zone.Length == 6 && zone[0] is (byte)'+' or (byte)'-' && zone[3] == (byte)':' ? zone
            : [];
    }

    private static int FractionLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != (byte)'.')
        {
            return 0;
        }

        var digits = bytes[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits < 1 ? 0 : 1 + digits;
    }

    /// <summary>ASCII capitals as characters; false where nothing is there or it is not ASCII.</summary>
    private static bool Widen(ReadOnlySpan<byte> ascii, Span<char> characters)
    {
        var status = Ascii.ToUpper(ascii, characters, out var written);
        return status == OperationStatus.Done && written > 0;
    }
}
