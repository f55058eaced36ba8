using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using LanguageExt;

namespace TinyTcp.Core.Wire;

/// <summary>A timestamp's written form: the one that is rendered, and those that are read (T-1, T-2).</summary>
internal static class TimestampFormat
{
    /// <summary>The length of every rendered timestamp, in bytes.</summary>
    internal const int Length = 25;

    private static readonly TimeSpan Second = TimeSpan.FromTicks(TimeSpan.TicksPerSecond);

    // timestamp = date "T" time offset ; 2025-09-12T17:24:13-05:00
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:sszzz";

    private const int SecondsAt = 17;
    private const int DateTimeLength = 19;
    private const int RoundTripLength = 33;

    /// <summary>Renders a moment; a fraction of a second is dropped.</summary>
    /// <param name="moment">Any moment.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    internal static void Write(DateTimeOffset moment, Span<byte> destination)
    {
        // The round-trip format has a fraction in the middle and is five times as fast as a pattern.
        Span<byte> roundTrip = stackalloc byte[RoundTripLength];
        moment.TryFormat(roundTrip, out _, "O", CultureInfo.InvariantCulture);
        roundTrip[..DateTimeLength].CopyTo(destination);
        roundTrip[^(Length - DateTimeLength)..].CopyTo(destination[DateTimeLength..]);
    }

    // read-timestamp = date ("T" / "t") time ["." 1*DIGIT] (offset / "Z" / "z")
    /// <summary>
    /// Reads a moment, to the second; none if the bytes are not a timestamp. A leap second is the second after it.
    /// </summary>
    internal static Option<DateTimeOffset> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= DateTimeLength)
        {
            return default;
        }

        Span<char> canonical = stackalloc char[Length];
        return
            TryWiden(bytes[..DateTimeLength], canonical)
            && TryWiden(OffsetIn(bytes[DateTimeLength..]), canonical[DateTimeLength..])
            ? ParseCanonical(canonical)
            : default;
    }

    private static Option<DateTimeOffset> ParseCanonical(Span<char> canonical)
    {
        var seconds = canonical[SecondsAt..DateTimeLength];
        var isLeapSecond = seconds is "60";
        if (isLeapSecond)
        {
            "59".CopyTo(seconds);
        }

        return !DateTimeOffset.TryParseExact(
                canonical,
                Pattern,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var moment
            )
                ? default(Option<DateTimeOffset>)
            : isLeapSecond ? SecondAfterMonth(moment)
            : moment;
    }

    /// <summary>The second after the last one of a month in UTC; none after another, because it is no leap second.</summary>
    private static Option<DateTimeOffset> SecondAfterMonth(DateTimeOffset moment) =>
        DateTimeOffset.MaxValue - moment > Second
        && moment.UtcDateTime.Add(Second) is { Day: 1, TimeOfDay.Ticks: 0 }
            ? moment.Add(Second)
            : default(Option<DateTimeOffset>);

    /// <summary>The offset as six bytes; empty if there is none.</summary>
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

    /// <summary>Copies ASCII bytes as upper-case characters; false if there are none, or others.</summary>
    private static bool TryWiden(ReadOnlySpan<byte> ascii, Span<char> characters)
    {
        var status = Ascii.ToUpper(ascii, characters, out var written);
        return status == OperationStatus.Done && written > 0;
    }
}
