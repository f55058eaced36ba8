using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>The values of transcripts: placeholders, byte strings, and transcripts themselves.</summary>
public class ValueTests
{
    [Theory]
    [InlineData("TIME 2025-09-12T17:24:13-05:00", true)]
    [InlineData("TIME 2025-09-12T17:24:13Z", false)]
    [InlineData("TIME 2025-09-12t17:24:13-05:00", false)]
    [InlineData("TIME 2025-09-12T17:24:13.1234Z", false)]
    [InlineData("TIME ", false)]
    [InlineData("time 2025-09-12T17:24:13-05:00", false)]
    public void The_time_placeholder_matches_only_the_form_that_servers_write(string line, bool matches) =>
        Assert.Equal(matches, Pattern("TIME ", Placeholder.Time).Matches(Bytes(line), TestValues.Moment));

    [Theory]
    [InlineData(@"ECHO a", true)]
    [InlineData(@"ECHO a b\x09c", true)]
    [InlineData(@"ECHO ", false)]
    [InlineData(@"ECHO  a", false)]
    [InlineData(@"ECHO a\x20", false)]
    [InlineData(@"ECHO a\x0Ab", false)]
    [InlineData(@"ECHO \xFF", false)]
    public void The_text_placeholder_matches_any_trimmed_line_of_UTF8(string line, bool matches) =>
        Assert.Equal(matches, Pattern("ECHO ", Placeholder.Text).Matches(Bytes(line), TestValues.Moment));

    [Fact]
    public void The_default_byte_string_is_empty()
    {
        var none = default(ByteString);

        Assert.Equal(ByteString.From([]), none);
        Assert.Equal("", none.ToString());
        Assert.Equal(0, none.Memory.Length);
        Assert.Equal(ByteString.From([]).GetHashCode(), none.GetHashCode());
    }

    [Fact]
    public void Byte_strings_are_equal_if_their_bytes_are()
    {
        var byteString = ByteString.From("a"u8);

        Assert.True(byteString == ByteString.From("a"u8));
        Assert.True(byteString != ByteString.From("b"u8));
        Assert.True(byteString.Equals((object)ByteString.From("a"u8)));
        Assert.False(byteString.Equals((object)"a"));
    }

    [Fact]
    public void A_byte_string_copies_its_bytes()
    {
        byte[] memory = [1];
        var byteString = ByteString.From(memory);

        memory[0] = 2;

        Assert.Equal(ByteString.From([1]), byteString);
    }

    [Fact]
    public void Transcripts_are_equal_if_their_lines_are()
    {
        var blank = Transcript.From([new TranscriptLine.Blank()]).IfLeft(Transcript.Empty);

        Assert.Equal(blank, Transcript.From([new TranscriptLine.Blank()]).IfLeft(Transcript.Empty));
        Assert.NotEqual(blank, Transcript.Empty);
        Assert.False(blank.Equals(null));
        Assert.False(blank.Equals((object)"\n"));
        Assert.Equal("\n", blank.ToString());
    }

    [Fact]
    public void Transcript_From_checks_the_order_of_lines()
    {
        var result = Transcript.From([
            new TranscriptLine.Entry(
                TranscriptTime.At(TimeSpan.FromMilliseconds(1_500)),
                new TranscriptEvent.Closed()
            ),
        ]);

        Assert.Equal(
            new TranscriptError(1, 1, "CONNECT to host:port first", "@1.500 CLOSED"),
            result.LeftToList().Single()
        );
    }

    [Theory]
    [InlineData("", "->  \\c")]
    [InlineData("a", "-> a\\c")]
    [InlineData("a\n", "-> a")]
    [InlineData("a\nb\n", "-> a\\x0Ab")]
    public void Sent_bytes_end_a_line_if_their_last_is_an_LF(string bytes, string line) =>
        Assert.Equal(
            line.Replace("  ", " ", StringComparison.Ordinal),
            $"{TranscriptEvent.Sent.Of(WireBytes.Utf8(bytes))}"
        );

    [Theory]
    [InlineData("<- TIME 2025-09-12T17:24:13-05:00", "<- TIME <time>")]
    [InlineData("<- TIME 2025-09-12T17:24:13Z", "<- TIME 2025-09-12T17:24:13Z")]
    [InlineData("<- TIME <time>", "<- TIME <time>")]
    [InlineData("<- ECHO 2025-09-12T17:24:13-05:00", "<- ECHO 2025-09-12T17:24:13-05:00")]
    [InlineData("<- BYE", "<- BYE")]
    [InlineData("<? TIME 2025-09-12T17:24:13-05:00", "<? TIME 2025-09-12T17:24:13-05:00")]
    [InlineData("# a comment", "# a comment")]
    public void A_timestamp_of_a_reply_to_TIME_can_stand_for_any(string line, string any) =>
        Assert.Equal(
            $"CONNECT to h:1\n{any}\n",
            TestValues.Right(Transcript.Parse($"CONNECT to h:1\n{line}\n")).WithAnyTime().Render()
        );

    [Fact]
    public void A_time_is_at_least_zero_and_at_most_the_maximum()
    {
        var max = TranscriptTime.Max;
        Assert.Equal("@0.000", $"{TranscriptTime.At(TimeSpan.FromTicks(-1))}");
        Assert.Equal($"{TranscriptTime.After(max)}", $"{TranscriptTime.After(max + TimeSpan.FromTicks(1))}");
        Assert.Equal(
            TimeSpan.FromSeconds(3),
            TranscriptTime.After(TimeSpan.FromSeconds(1)).SinceConnect(TimeSpan.FromSeconds(2))
        );
        Assert.True(TranscriptTime.Parse("1.5").IsNone);
    }

    private static LinePattern Pattern(string literal, Placeholder ending) =>
        new(ByteString.From(Bytes(literal).Span), ending);

    private static ReadOnlyMemory<byte> Bytes(string printable) =>
        Escape.FromPrintable(printable).IfNone(ReadOnlyMemory<byte>.Empty);
}
