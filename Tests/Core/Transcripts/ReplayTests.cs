using System.Collections.Immutable;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>The mismatches that a replay finds.</summary>
public class ReplayTests
{
    private const string Begin = "CONNECT to h:1\n<- WELCOME, <text>\n";

    [Theory]
    [InlineData("")]
    [InlineData(Begin)]
    [InlineData(Begin + "-> TIME\n<- TIME 2025-09-12T17:24:13-05:00\n# still open\n")]
    [InlineData(Begin + "-> TIME\n<- TIME <time>\n-> QUIT\n<- BYE\n" + Begin + "-> QUIT\n<- BYE\nCLOSED\n")]
    [InlineData(Begin + "-> ECHO a\n-> ECHO b\n<- ECHO a\n<- ECHO b\n")]
    [InlineData(Begin + "-> TI\\c\n-> ME\\c\n->\n<- TIME <time>\n")]
    [InlineData(Begin + "-> TIME\\c\nFINISH\n<- ERROR UNTERMINATED_LINE\nCLOSED\n")]
    [InlineData(Begin + "-> \\x16\\x03\\c\n<- ERROR WRONG_PROTOCOL\nCLOSED\n")]
    [InlineData(
        Begin + "<? HELLO <text>\n-> TIME\n<? ERROR <text>\n<- TIME <time>\n-> QUIT\n<? BYE\n<? BYE\nCLOSED\n"
    )]
    [InlineData(Begin + "+1 -> TIME\n<- TIME 2025-09-12T17:24:14-05:00\n+1.5 -> TIME\n<- TIME <now 1s>\n")]
    [InlineData(Begin + "+1.5 -> TIME\n<- TIME 2025-09-12T17:24:14-05:00\n")]
    [InlineData(Begin + "@299.999 ->\n@599.998 ->\n@899.998 <- ERROR IDLE_TIMEOUT\nCLOSED\n")]
    [InlineData(Begin + "@10 -> TI\\c\n@39.999 -> M\\c\n@40 <- ERROR LINE_TIMEOUT\n@41 CLOSED\n")]
    public void A_correct_transcript_has_no_mismatch(string text) => Assert.Empty(Replay(text));

    [Theory]
    [InlineData(
        "CONNECT to h:1\n",
        MismatchKind.Extra,
        1,
        "no more replies",
        "<- WELCOME, I'm TinyServer not pressure"
    )]
    [InlineData(
        Begin + "-> TIME\n<- TIME now\n",
        MismatchKind.Different,
        4,
        "<- TIME now",
        "<- TIME 2025-09-12T17:24:13-05:00"
    )]
    [InlineData(Begin + "-> QUIT\n<- BYE <text>\n", MismatchKind.Different, 4, "<- BYE <text>", "<- BYE")]
    [InlineData(Begin + "-> ECHO a\n<- ECHO a\\c\n", MismatchKind.Different, 4, "<- ECHO a\\c", "<- ECHO a")]
    [InlineData(Begin + "-> TIME\\c\n<- TIME <time>\n", MismatchKind.Missing, 4, "<- TIME <time>", "silence")]
    [InlineData(
        Begin + "-> QUIT\n<- BYE\n-> TIME\n<- TIME <time>\n",
        MismatchKind.Closed,
        6,
        "<- TIME <time>",
        "CLOSED"
    )]
    [InlineData(Begin + "-> TIME\n<- TIME <time>\nCLOSED\n", MismatchKind.StillOpen, 5, "CLOSED", "silence")]
    [InlineData(Begin + "-> QUIT\nCLOSED\n", MismatchKind.Extra, 4, "CLOSED", "<- BYE")]
    [InlineData(Begin + "-> QUIT\n" + Begin, MismatchKind.Extra, 3, "no more replies", "<- BYE")]
    [InlineData(
        Begin + "@299.999 <- ERROR IDLE_TIMEOUT\n",
        MismatchKind.Missing,
        3,
        "<- ERROR IDLE_TIMEOUT",
        "silence"
    )]
    [InlineData(Begin + "-> ECHO a\n-> ECHO b\n<- ECHO b\n", MismatchKind.Extra, 5, "<- ECHO b", "<- ECHO a")]
    [InlineData(
        Begin + "-> ECHO b\n<- ECHO a\n<- ECHO b\n",
        MismatchKind.Missing,
        4,
        "<- ECHO a",
        "<- ECHO b"
    )]
    [InlineData(Begin + "-> E\\c\n<- ECHO a\n-> CHO a\n", MismatchKind.Late, 4, "<- ECHO a", "<- ECHO a")]
    [InlineData(Begin + "<? HELLO\n-> ECHO a\n", MismatchKind.Extra, 4, "no more replies", "<- ECHO a")]
    public void A_mismatch_names_the_kind_the_line_the_expected_and_the_received_text(
        string text,
        MismatchKind kind,
        int line,
        string expected,
        string got
    )
    {
        var mismatch = Assert.Single(Replay(text));

        Assert.Equal((kind, line), (mismatch.Kind, mismatch.Line));
        Assert.Equal(expected, mismatch.Expected);
        Assert.Equal(got, mismatch.Got);
        Assert.Equal($"line {line}: expected {mismatch.Expected}, got: {got}", mismatch.ToString());
    }

    [Fact]
    public void Replies_longer_than_the_output_of_one_step_are_all_replayed()
    {
        var echo = new string('e', 50);
        var requests = string.Join("\\x0A", Enumerable.Repeat($"ECHO {echo}", 20));
        var replies = string.Concat(Enumerable.Repeat($"<- ECHO {echo}\n", 20));

        Assert.Empty(Replay($"{Begin}-> {requests}\n{replies}", TestValues.SmallLimits));
    }

    [Fact]
    public void An_overlong_line_gets_its_error_before_it_ends()
    {
        var part = new string('x', 65);

        Assert.Empty(
            Replay(
                $"{Begin}-> {part}\\c\n<- ERROR LINE_TOO_LONG\n-> {part}\n-> QUIT\n<- BYE\n",
                TestValues.SmallLimits
            )
        );
    }

    [Theory]
    [InlineData(14)]
    [InlineData(-14)]
    public void A_clock_stops_at_the_last_moment_that_there_is(int offset)
    {
        var transcript = TestValues.Right(
            Transcript.Parse($"{Begin}@100 -> TIME\n<- TIME <time>\n@200 -> TIME\n<- TIME <time>\n")
        );
        var last = new DateTimeOffset(DateTime.MaxValue.AddDays(-1), TimeSpan.Zero).ToOffset(
            TimeSpan.FromHours(offset)
        );
        var end = last.Add(TimeSpan.FromSeconds(1));
        Assert.Empty(TranscriptReplay.Replay(transcript, Limits.Default, end));
        Assert.Empty(TranscriptReplay.Replay(transcript, Limits.Default, DateTimeOffset.MaxValue));
    }

    private static ImmutableArray<Mismatch> Replay(string text, Limits? limits = null) =>
        Transcript
            .Parse(text)
            .Match(
                Right: transcript =>
                    TranscriptReplay.Replay(transcript, limits ?? Limits.Default, TestValues.Moment),
                Left: static error => [new(MismatchKind.Different, error.Line, error.Expected, error.Given)]
            );
}
