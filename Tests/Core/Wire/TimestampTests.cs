using LanguageExt;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Wire;

/// <summary>Writing and reading timestamps (T-1, T-2).</summary>
public class TimestampTests
{
    [Law]
    public void A_timestamp_keeps_the_time_to_the_second_and_the_offset(DateTimeOffset moment)
    {
        var actual = Timestamp.From(moment).Moment;
        Assert.Equal(
            (moment.DateTime.AddTicks(-(moment.Ticks % TimeSpan.TicksPerSecond)), moment.Offset),
            (actual.DateTime, actual.Offset)
        );
    }

    [Law]
    public void Read_undoes_TryWrite(Timestamp time)
    {
        var bytes = new byte[Timestamp.Length];
        Assert.True(time.TryWrite(bytes));
        Assert.Equal(time, TestValues.Given(Timestamp.Read(bytes)));
        Assert.Equal(WireBytes.Characters(bytes), time.ToString());
        Assert.False(time.TryWrite(bytes.AsSpan(1)));
    }

    [Law]
    public void A_lower_case_t_and_a_fraction_make_no_difference(Timestamp time, ushort fraction)
    {
        var bytes = time.ToString();
        Assert.Equal(time, TestValues.Given(Read($"{bytes[..10]}t{bytes[11..19]}.{fraction}{bytes[19..]}")));
    }

    [Law]
    public void Z_is_an_offset_of_zero(DateTimeOffset moment, bool isLower)
    {
        var utc = Timestamp.From(moment.ToOffset(TimeSpan.Zero));
        Assert.Equal(utc, TestValues.Given(Read(utc.ToString()[..19] + (isLower ? "z" : "Z"))));
    }

    [Law]
    public void A_leap_second_at_the_end_of_a_month_is_the_second_after_it(
        DateTimeOffset moment,
        ushort fraction
    )
    {
        var utc = moment.UtcDateTime;
        var month = new DateTimeOffset(Math.Max(2, utc.Year), utc.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var next = Timestamp.From(month.ToOffset(moment.Offset));
        var leap = WithSixtySeconds(Timestamp.From(next.Moment.AddSeconds(-1)));
        Assert.Equal(next, TestValues.Given(Read(leap)));
        Assert.Equal(next, TestValues.Given(Read($"{leap[..19]}.{fraction}{leap[19..]}")));
    }

    [Law]
    public void Sixty_seconds_are_read_only_at_the_end_of_a_month_in_UTC(Timestamp time)
    {
        var utc = time.Moment.UtcDateTime;
        var isLastMinute =
            utc is { Hour: 23, Minute: 59 } && utc.Day == DateTime.DaysInMonth(utc.Year, utc.Month);
        var isLastOfAll = utc is { Year: 9999, Month: 12 };
        Assert.Equal(isLastMinute && !isLastOfAll, Read(WithSixtySeconds(time)).IsSome);
    }

    [Law]
    public void Two_timestamps_are_equal_if_their_bytes_are(Timestamp left, Timestamp right)
    {
        var isEqual = string.Equals(left.ToString(), right.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            (isEqual, !isEqual, isEqual),
            (left == right, left != right, left.Equals((object)right))
        );
        Assert.Equal(left.GetHashCode(), Timestamp.From(left.Moment).GetHashCode());
        Assert.False(left.Equals((object)left.Moment));
    }

    [Law]
    public void Any_bytes_are_read_without_an_exception(AnyBytes any) => _ = Timestamp.Read(any.Bytes.Span);

    [Law]
    public void A_timestamp_with_one_byte_changed_is_invalid_or_can_be_rendered_and_read(
        Timestamp time,
        byte at,
        byte value
    )
    {
        var bytes = WireBytes.Utf8(time.ToString());
        bytes[at % bytes.Length] = value;
        var read = Timestamp.Read(bytes);
        Assert.True(read.IsNone || Read(TestValues.Given(read).ToString()) == read);
    }

    [Theory]
    [InlineData("2025-09-12T17:24:13Z", "2025-09-12T17:24:13+00:00")]
    [InlineData("2025-09-12t17:24:13.5z", "2025-09-12T17:24:13+00:00")]
    [InlineData("2025-09-12T17:24:13.999999999999-05:00", "2025-09-12T17:24:13-05:00")]
    [InlineData("2025-09-12T17:24:13-00:00", "2025-09-12T17:24:13+00:00")]
    [InlineData("2024-02-29T00:00:00+14:00", "2024-02-29T00:00:00+14:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:00")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59+00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00")]
    [InlineData("2017-01-01T05:29:60+05:30", "2017-01-01T05:30:00+05:30")]
    [InlineData("2012-06-30t23:59:60.999z", "2012-07-01T00:00:00+00:00")]
    public void A_valid_form_is_read(string form, string expected) =>
        Assert.Equal(expected, TestValues.Given(Read(form)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("2025-09-12T17:24:13")]
    [InlineData("2025-09-12 17:24:13Z")]
    [InlineData("2025-09-12T17:24:13.Z")]
    [InlineData("2025-09-12T17:24:13.5")]
    [InlineData("2025-09-12T17:24:13,5Z")]
    [InlineData("2025-09-12T17:24:13ZZ")]
    [InlineData("2025-09-12T17:24:13+0500")]
    [InlineData("2025-09-12T17:24:13+05")]
    [InlineData("2025-09-12T17:24:13+05-00")]
    [InlineData("2025-09-12T17:24:13 05:00")]
    [InlineData("2025-09-12T17:24:13+5:000")]
    [InlineData("2025-09-12T17:24:13+15:00")]
    [InlineData("2025-09-12T17:24:13+05:60")]
    [InlineData("2025-09-12T24:00:00Z")]
    [InlineData("2025-09-12T17:24:60Z")]
    [InlineData("2025-09-12T23:59:60Z")]
    [InlineData("2016-12-31T23:59:60+01:00")]
    [InlineData("2016-12-31T23:59:61Z")]
    [InlineData("9999-12-31T23:59:60Z")]
    [InlineData("2025-02-29T17:24:13Z")]
    [InlineData("2025-13-01T17:24:13Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData(" 2025-09-12T17:24:13Z")]
    [InlineData("2025-09-12T17:24:13é")]
    [InlineData("é025-09-12T17:24:13Z")]
    [InlineData("20250912T172413+00:00")]
    [InlineData("2025-9-12T17:24:13+00:00")]
    public void An_invalid_form_is_not_read(string form) => Assert.True(Read(form).IsNone);

    private static string WithSixtySeconds(Timestamp time) =>
        $"{time.ToString()[..17]}60{time.ToString()[19..]}";

    private static Option<Timestamp> Read(string characters) => Timestamp.Read(WireBytes.Utf8(characters));
}
