using System.Text;
using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>What each placeholder stands for. The time is 2025-09-12 17:24:13 at -05:00.</summary>
public class PlaceholderTests
{
    [Theory]
    [InlineData("0", true)]
    [InlineData("-12.5", true)]
    [InlineData("+007", true)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("1.", false)]
    [InlineData(".5", false)]
    [InlineData("1.2.3", false)]
    [InlineData("1e3", false)]
    [InlineData(" 1", false)]
    public void A_number_has_digits_and_perhaps_a_sign_and_a_fraction(string text, bool matches) =>
        AssertMatches("<number>", text, matches);

    [Theory]
    [InlineData("a*", "a", true)]
    [InlineData("a*", "abc", true)]
    [InlineData("a*c", "abcbc", true)]
    [InlineData("a*c", "abcb", false)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("?", "世", true)]
    [InlineData("?", "😀", true)]
    [InlineData("?", "ab", false)]
    [InlineData("#:##", "7:05", true)]
    [InlineData("#", "x", false)]
    [InlineData("#", "٣", false)]
    [InlineData("*#*:*", "at 7:", true)]
    [InlineData("Hello, *!", "Hello, you", false)]
    public void A_pattern_matches_the_whole_text(string pattern, string text, bool matches) =>
        AssertMatches($"<like {pattern}>", text, matches);

    [Theory]
    [InlineData("5s", "2025-09-12T17:24:18-05:00", true)]
    [InlineData("5s", "2025-09-12T22:24:08+00:00", true)]
    [InlineData("5s", "2025-09-12T17:24:19-05:00", false)]
    [InlineData("5s", "2025-09-12T17:24:13Z", false)]
    [InlineData("5s", "now", false)]
    [InlineData("1s unix", "1757715853", true)]
    [InlineData("1s unix", "1757715855", false)]
    [InlineData("1s unix", "253402300800", false)]
    [InlineData("1s unix", "-1", false)]
    [InlineData("2s HH:mm:ss", "17:24:11", true)]
    [InlineData("2s HH:mm:ss", "22:24:15", true)]
    [InlineData("2s HH:mm:ss", "03:54:13", true)]
    [InlineData("2s HH:mm:ss", "17:25:13", false)]
    [InlineData("2s HH:mm:ss", "17:24", false)]
    [InlineData("2s yyyy-MM-dd HH:mm:ss", "2025-09-13 04:24:14", true)]
    [InlineData("2s yyyy-MM-dd HH:mm:ss", "2025-09-14 17:24:13", false)]
    [InlineData("2s yyyy-MM-dd HH:mm:ss", "2025-09-10 17:24:13", false)]
    [InlineData("2s ddd MMM d HH:mm:ss yyyy", "Fri Sep 12 17:24:13 2025", true)]
    [InlineData("2s ddd MMM d HH:mm:ss yyyy", "Thu Sep 12 17:24:13 2025", false)]
    [InlineData("2s yyyy-MM-dd HH:mm:ss zzz", "2025-09-13 00:24:13 +02:00", true)]
    [InlineData("2s yyyy-MM-dd HH:mm:ss zzz", "2025-09-13 01:24:13 +02:00", false)]
    [InlineData("2s yyyy-MM-dd HH:mm:ss zzz", "2025-09-13", false)]
    public void A_time_near_now_may_have_the_form_and_the_zone_of_the_server(
        string argument,
        string text,
        bool matches
    ) => AssertMatches($"<now {argument}>", text, matches);

    [Theory]
    [InlineData("<time>", "2025-09-12T17:24:13-05:00")]
    [InlineData("<text>", "text")]
    [InlineData("<number>", "42")]
    [InlineData("<now 5s>", "2025-09-12T17:24:13-05:00")]
    [InlineData("<now 5s unix>", "1757715853")]
    [InlineData("<now 5s HH:mm:ss>", "17:24:13")]
    [InlineData("<like a*b?c#d>", "abxc0d")]
    public void An_example_matches(string placeholder, string example)
    {
        Assert.Equal(example, Read(placeholder).Example(TestValues.Moment));
        AssertMatches(placeholder, example, matches: true);
    }

    [Fact]
    public void Placeholders_are_equal_if_they_are_written_alike()
    {
        var number = Read("<number>");
        Assert.True(number.Equals((object)Placeholder.Number));
        Assert.False(number.Equals((object)Placeholder.Text));
        Assert.False(number.Equals("<number>"));
        Assert.Equal(number.GetHashCode(), Placeholder.Number.GetHashCode());
        Assert.Equal("<number>", $"{number}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("a>b")]
    public void A_pattern_has_no_angle_bracket(string pattern) =>
        Assert.True(Placeholder.Like(pattern).IsNone);

    private static void AssertMatches(string placeholder, string text, bool matches) =>
        Assert.Equal(matches, Read(placeholder).Matches(Encoding.UTF8.GetBytes(text), TestValues.Moment));

    private static Placeholder Read(string spelling) =>
        TestValues
            .Right(Transcript.Parse($"CONNECT to h:1\n<- {spelling}"))
            .Lines.OfType<TranscriptLine.Entry>()
            .Select(static entry => entry.Event)
            .OfType<TranscriptEvent.Received>()
            .Select(static received => TestValues.Given(received.Line.Ending))
            .Single();
}
