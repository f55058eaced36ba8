using TinyTcp.Core.Sessions;
using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>The fields of a transcript: limits of its server, and the time of day.</summary>
public class SettingsTests
{
    [Fact]
    public void A_field_sets_a_limit_and_the_others_keep_their_values()
    {
        var settings = TestValues.Right(
            Read("max-line: 1k\nidle-timeout: 500ms\nmax-errors: 0\nrule: F-4\n")
        );
        Assert.Equal(
            Limits.Default with
            {
                MaxLine = 1_024,
                IdleTimeout = TimeSpan.FromMilliseconds(500),
                MaxErrors = 0,
            },
            settings.Limits
        );
        Assert.True(settings.Now.IsNone);
    }

    [Theory]
    [InlineData("2025-09-12T17:24:13-05:00")]
    [InlineData("2025-09-12T17:24:13.1234567+00:00")]
    public void The_time_of_day_is_read_to_the_tick(string now) =>
        Assert.Equal(
            now,
            TranscriptSettings.Format(TestValues.Given(TestValues.Right(Read($"now: {now}\n")).Now))
        );

    [Theory]
    [InlineData("max-line: 63", 1, 11, "64 to 16m")]
    [InlineData("max-line: 5s", 1, 11, "64 to 16m")]
    [InlineData("\nidle-timeout: 25h", 2, 15, "1ms to 24h, or 0 for no limit")]
    [InlineData("max-line: 64\nmax-line: 64", 2, 11, "each field once")]
    [InlineData("rule: F-4\nrule: F-5", 2, 7, "each field once")]
    [InlineData("now: today", 1, 6, "2025-09-12T17:24:13-05:00")]
    [InlineData("now: 2025-09-12T17:24:13Z", 1, 6, "2025-09-12T17:24:13-05:00")]
    public void A_value_that_is_not_allowed_is_an_error(string fields, int line, int column, string expected)
    {
        var error = Read(fields).LeftToList().Single();
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    private static LanguageExt.Either<TranscriptError, TranscriptSettings> Read(string text) =>
        Transcript.Parse(text).Bind(static transcript => TranscriptSettings.Read(transcript, Limits.Default));
}
