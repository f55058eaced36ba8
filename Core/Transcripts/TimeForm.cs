using System;
using System.Buffers;
using System.Globalization;
using System.Linq;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>
/// How a server writes a time: as TinyTCP does (T-1), as seconds since 1970 (<c>unix</c>), or in a custom format of .NET, such as
/// <c>yyyy-MM-dd HH:mm:ss</c>. A time without an offset may be that of any time zone.
/// </summary>
public sealed record TimeForm
{
    private const string Unix = "unix";
    private static readonly TimeSpan ZoneStep = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan MaxZone = TimeSpan.FromHours(14);

    // What .NET would not format, or a placeholder could not contain.
    private const string TooPrecise = "ffffffff";
    private static readonly SearchValues<char> NotAllowed = SearchValues.Create("<>'\"\\%");

    private readonly string form;

    private TimeForm(string form) => this.form = form;

    /// <summary>The form of TinyTCP (T-1).</summary>
    public static TimeForm Default { get; } = new("");

    private bool HasOffset =>
        form.Contains('z', StringComparison.Ordinal) || form.Contains('K', StringComparison.Ordinal);

    private bool HasDate => "yMd".All(letter => form.Contains(letter, StringComparison.Ordinal));

    // time-form = %s"unix" / pattern ; a custom date and time format string of .NET
    /// <summary>Checks a form.</summary>
    /// <param name="form">A form, or the empty string for that of TinyTCP.</param>
    /// <returns>
    /// The form; or none if it has quotes or escapes, or if times in it cannot be compared: it has a part of a date, or an offset and
    /// no date.
    /// </returns>
    public static Option<TimeForm> From(string form)
    {
        var known = new TimeForm(form);
        var hasPartOfDate = "yMd".Any(letter => form.Contains(letter, StringComparison.Ordinal));
        return
            form.Length == 0
            || form == Unix
            || (
                form.Length > 1
                && known.HasDate == (hasPartOfDate || known.HasOffset)
                && !form.AsSpan().ContainsAny(NotAllowed)
                && !form.Contains(TooPrecise, StringComparison.OrdinalIgnoreCase)
            )
            ? known
            : Option<TimeForm>.None;
    }

    /// <summary>How far a time is from another, at least; in its time zone, if it has no offset.</summary>
    /// <param name="now">The other time.</param>
    /// <param name="text">Any text.</param>
    /// <returns>The distance, not negative; none if the text has another form.</returns>
    public Option<TimeSpan> DistanceTo(DateTimeOffset now, string text) =>
        form switch
        {
            "" => Utf8Text
                .Encode(text)
                .Bind(static bytes => Timestamp.ReadWritten(bytes.Span))
                .Map(time => Distance(time.Moment - now)),
            Unix => ReadUnix(text).Map(time => Distance(time - now)),
            _ when HasOffset => ReadMoment(text).Map(time => Distance(time - now)),
            _ => ReadLocal(text).Map(time => DistanceInSomeZone(time - now.UtcDateTime)),
        };

    /// <summary>A time in this form.</summary>
    /// <param name="time">The time.</param>
    public string Format(DateTimeOffset time) =>
        form switch
        {
            "" => $"{Timestamp.From(time)}",
            Unix => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ => time.ToString(form, CultureInfo.InvariantCulture),
        };

    /// <summary>The form as a transcript writes it.</summary>
    public override string ToString() => form;

    private static Option<DateTimeOffset> ReadUnix(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : Option<DateTimeOffset>.None;

    private Option<DateTimeOffset> ReadMoment(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            form,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AllowInnerWhite,
            out var time
        )
            ? time
            : Option<DateTimeOffset>.None;

    // Without this style a time without a date would be one of today, which reads the clock.
    private Option<DateTime> ReadLocal(string text) =>
        DateTime.TryParseExact(
            text,
            form,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AllowInnerWhite | DateTimeStyles.NoCurrentDateDefault,
            out var time
        )
            ? time
            : Option<DateTime>.None;

    private static TimeSpan Distance(TimeSpan difference) => difference.Duration();

    private TimeSpan DistanceInSomeZone(TimeSpan difference)
    {
        var steps = Math.Round(difference / ZoneStep);
        var zone = ZoneStep * (HasDate ? Math.Clamp(steps, MaxZone / -ZoneStep, MaxZone / ZoneStep) : steps);
        return (difference - zone).Duration();
    }
}
