using TinyTcp.Core.Transcripts;
using Xunit;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>How a transcript is parsed, and every kind of error.</summary>
public class ParseTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("#\n# a remark\n\n")]
    [InlineData("CONNECT to 127.0.0.1:40000\n")]
    [InlineData("CONNECT to [::1]:40000\n-> TIME\n<- TIME <time>\n")]
    [InlineData("CONNECT to h:1\n->\n-> \\x20\n->  two\n<-\n<- <text>\n")]
    [InlineData("CONNECT to h:1\n-> TI\\c\n-> ME\n-> \\c\n<- TIM\\c\n<- \\\\c\n<- \\\\\\c\n")]
    [InlineData("CONNECT to h:1\n<- \\x3Ctime> <TEXT> <tim\n<- \\x00\\\\\\xFF<text>\\c\n")]
    [InlineData("CONNECT to h:1\n@0.000 -> a\n@1.250 <- b\n@4294967.295 FINISH\n<- c\nCLOSED\n")]
    [InlineData("CONNECT to h:1\nCLOSED\nCONNECT to h:2\n@1.000 CLOSED\nCONNECT to h:3\n@0.500 FINISH\n")]
    [InlineData("CONNECT to h:1\n@0.1234567 -> a\n+0.500 <- b\n+4294967.295 FINISH\n+1.000 CLOSED\n")]
    [InlineData("# a case\nmax-line: 64\n\nrule: F-4\na0-b: x: y\nCONNECT to h:1\n<? WELCOME, <text>\n<?\n")]
    [InlineData(
        "CONNECT to h:1\n<- <number>\n<- at <now 5s>\n<- <now 500ms HH:mm:ss>\n<- <now 1m unix>\n<? <like *#?>\n"
    )]
    [InlineData("CONNECT to h:1\n<- \\x3Cnumber> \\x3Clike x> <like <text>\n<- <number<time>\n")]
    public void A_canonical_transcript_is_rendered_unchanged(string text) =>
        Assert.Equal(
            text,
            Transcript.Parse(text).Match(Right: static transcript => transcript.Render(), Left: Fail)
        );

    [Theory]
    [InlineData("CONNECT to h:1\r\n-> TIME", "CONNECT to h:1\n-> TIME\n")]
    [InlineData("  \t\n#no space", "\n# no space\n")]
    [InlineData(
        "CONNECT to h:1\n@1 -> a\n@2.5 -> \\x41\\x7a\n",
        "CONNECT to h:1\n@1.000 -> a\n@2.500 -> Az\n"
    )]
    [InlineData("max-line:   64  \nCONNECT to h:1\n+1 -> a\n", "max-line: 64\nCONNECT to h:1\n+1.000 -> a\n")]
    [InlineData("CONNECT to h:1\n-> \n-> a \n-> \tb\n", "CONNECT to h:1\n->\n-> a\\x20\n-> \\x09b\n")]
    public void Other_spellings_are_rendered_in_canonical_form(string text, string rendered) =>
        Assert.Equal(
            rendered,
            Transcript.Parse(text).Match(Right: static transcript => transcript.Render(), Left: Fail)
        );

    [Theory]
    [InlineData("HELLO", 1, 1, "-> request", "HELLO")]
    [InlineData(" -> TIME", 1, 1, "-> request", " -> TIME")]
    [InlineData("# fine\n-> TIME", 2, 1, "CONNECT to host:port first", "-> TIME")]
    [InlineData("CONNECT to nowhere", 1, 12, "host:port", "CONNECT to nowhere")]
    [InlineData("CONNECT to :1", 1, 12, "host:port", "CONNECT to :1")]
    [InlineData("CONNECT to a b:1", 1, 12, "host:port", "CONNECT to a b:1")]
    [InlineData("CONNECT to é:1", 1, 12, "host:port", "CONNECT to é:1")]
    [InlineData("CONNECT to h:65536", 1, 12, "65535", "CONNECT to h:65536")]
    [InlineData("CONNECT to h:1\n->TIME", 2, 3, "a space after the arrow", "->TIME")]
    [InlineData("CONNECT to h:1\n<-TIME", 2, 3, "a space after the arrow", "<-TIME")]
    [InlineData("CONNECT to h:1\n-> \\n", 2, 4, @"\xNN", "-> \\n")]
    [InlineData("CONNECT to h:1\n-> \\xG0", 2, 4, @"\xNN", "-> \\xG0")]
    [InlineData("CONNECT to h:1\n-> \\x4", 2, 4, @"\xNN", "-> \\x4")]
    [InlineData("CONNECT to h:1\n-> \\cat", 2, 4, @"\xNN", "-> \\cat")]
    [InlineData("CONNECT to h:1\n<- \\q", 2, 4, @"\xNN", "<- \\q")]
    [InlineData("CONNECT to h:1\n<- <time> o'clock", 2, 4, "only at the end", "<- <time> o'clock")]
    [InlineData("CONNECT to h:1\n<- <text><text>", 2, 4, "only at the end", "<- <text><text>")]
    [InlineData("CONNECT to h:1\n@soon -> a", 2, 1, "@1.250", "@soon -> a")]
    [InlineData("CONNECT to h:1\n@1", 2, 1, "@1.250", "@1")]
    [InlineData("CONNECT to h:1\n@ -> a", 2, 1, "@1.250", "@ -> a")]
    [InlineData("CONNECT to h:1\n@1. -> a", 2, 1, "@1.250", "@1. -> a")]
    [InlineData("CONNECT to h:1\n@1.2.3 -> a", 2, 1, "@1.250", "@1.2.3 -> a")]
    [InlineData("CONNECT to h:1\n@1.23456789 -> a", 2, 1, "@1.250", "@1.23456789 -> a")]
    [InlineData("CONNECT to h:1\n@4294967.296 -> a", 2, 1, "@1.250", "@4294967.296 -> a")]
    [InlineData("CONNECT to h:1\n@1 CONNECT to h:1", 2, 4, "-> request", "@1 CONNECT to h:1")]
    [InlineData("CONNECT to h:1\n@2 -> a\n@1.999 -> b", 3, 1, "@2.000 or later", "@1.999 -> b")]
    [InlineData("CONNECT to h:1\nFINISH\n-> a", 3, 1, "no request after FINISH", "-> a")]
    [InlineData("CONNECT to h:1\nFINISH\nFINISH", 3, 1, "no request after FINISH", "FINISH")]
    [InlineData("CONNECT to h:1\nCLOSED\n<- a", 3, 1, "CONNECT to host:port first", "<- a")]
    [InlineData("CONNECT to h:1\n@1 -> ab\\q", 2, 9, @"\xNN", "@1 -> ab\\q")]
    [InlineData("CONNECT to h:1\n<- <time now>", 2, 4, "<now 5s>", "<- <time now>")]
    [InlineData("CONNECT to h:1\n<- <now>", 2, 4, "<now 5s>", "<- <now>")]
    [InlineData("CONNECT to h:1\n<- <now soon>", 2, 4, "<now 5s>", "<- <now soon>")]
    [InlineData("CONNECT to h:1\n<- <now 2000h>", 2, 4, "<now 5s>", "<- <now 2000h>")]
    [InlineData("CONNECT to h:1\n<- <now 5s yyyy>", 2, 4, "<now 5s>", "<- <now 5s yyyy>")]
    [InlineData("CONNECT to h:1\n<- <now 5s HH:mm zzz>", 2, 4, "<now 5s>", "<- <now 5s HH:mm zzz>")]
    [InlineData("CONNECT to h:1\n<- <now 5s HH 'h'>", 2, 4, "<now 5s>", "<- <now 5s HH 'h'>")]
    [InlineData("CONNECT to h:1\n<- <now 5s ss.ffffffff>", 2, 4, "<now 5s>", "<- <now 5s ss.ffffffff>")]
    [InlineData("CONNECT to h:1\n<- <like >", 2, 4, "<now 5s>", "<- <like >")]
    [InlineData("CONNECT to h:1\n<? ECHO\\c", 2, 8, "a whole line", "<? ECHO\\c")]
    [InlineData("max-line: 64\nrule: \t", 2, 6, "a value after the colon", "rule: \t")]
    [InlineData("Rule: x", 1, 1, "-> request", "Rule: x")]
    [InlineData("rule:x", 1, 1, "-> request", "rule:x")]
    [InlineData("a_b: x", 1, 1, "-> request", "a_b: x")]
    [InlineData("CONNECT to h:1\nrule: F-1", 2, 1, "before the first CONNECT", "rule: F-1")]
    public void An_error_names_the_line_the_column_the_expected_form_and_the_given_text(
        string text,
        int line,
        int column,
        string expected,
        string given
    )
    {
        var error = Transcript.Parse(text).Match(Left: static error => error, Right: static _ => NoError);

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
        Assert.Equal(given, error.Given);
    }

    [Theory]
    [InlineData("# ")]
    [InlineData("CONNECT to h:1\n-> ")]
    public void A_lone_surrogate_is_an_error(string prefix) =>
        Assert.True(Transcript.Parse(prefix + '\uD800').IsLeft);

    [Fact]
    public void An_error_is_one_sentence() =>
        Assert.Equal(
            "line 2, column 3: expected a space after the arrow, got: ->TIME",
            Transcript
                .Parse("CONNECT to h:1\n->TIME")
                .Match(Left: static e => e.ToString(), Right: static _ => "")
        );

    private static TranscriptError NoError => new(0, 0, "an error", "none");

    private static string Fail(TranscriptError error) => error.ToString();
}
