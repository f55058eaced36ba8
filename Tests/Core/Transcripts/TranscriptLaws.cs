using LanguageExt;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>Laws of transcripts.</summary>
public class TranscriptLaws
{
    [Law]
    public bool Parse_reads_what_Render_writes(Transcript transcript) =>
        Transcript.Parse(transcript.Render()) == Either<TranscriptError, Transcript>.Right(transcript);

    [Law]
    public bool Carriage_returns_at_the_ends_of_lines_make_no_difference(Transcript transcript) =>
        Transcript.Parse(transcript.Render().Replace("\n", "\r\n", StringComparison.Ordinal))
        == Transcript.Parse(transcript.Render());

    [Law]
    public bool Any_text_is_a_transcript_or_an_error_in_one_of_its_lines(AnyString text) =>
        Transcript
            .Parse(text.Characters)
            .Match(
                Right: static transcript => Transcript.Parse(transcript.Render()) == transcript,
                Left: error => error.Line >= 1 && error.Line <= text.Characters.Split('\n').Length
            );

    [Law]
    public bool Any_text_after_an_arrow_is_a_transcript_or_an_error_in_its_line(AnyString text) =>
        Transcript
            .Parse($"CONNECT to h:1\n<- {text.Characters.ReplaceLineEndings("")}")
            .Match(
                Right: static transcript => Transcript.Parse(transcript.Render()) == transcript,
                Left: static error => error.Line == 2
            );

    [Law]
    public bool FromPrintable_reads_what_ToPrintable_shows(AnyBytes any) =>
        Escape
            .FromPrintable(Escape.ToPrintable(any.Bytes.Span))
            .Exists(bytes => bytes.Span.SequenceEqual(any.Bytes.Span));

    [Law]
    public bool An_exact_pattern_matches_its_line_and_no_other(AnyBytes line, AnyBytes other) =>
        LinePattern.Exactly(line.Bytes.Span).Matches(line.Bytes, TestValues.Moment)
        && LinePattern.Exactly(line.Bytes.Span).Matches(other.Bytes, TestValues.Moment)
            == line.Bytes.Span.SequenceEqual(other.Bytes.Span);

    [Law]
    public bool A_replay_gives_the_same_mismatches_every_time(Transcript transcript) =>
        TranscriptReplay
            .Replay(transcript, Limits.Default, TestValues.Moment)
            .SequenceEqual(TranscriptReplay.Replay(transcript, Limits.Default, TestValues.Moment));

    [Law]
    public bool A_recording_replays_without_a_mismatch(Transcript script) =>
        TranscriptReplay
            .Replay(
                Recorder.Record(script, TestValues.SmallLimits, TestValues.Moment),
                TestValues.SmallLimits,
                TestValues.Moment
            )
            .IsEmpty;

    [Law]
    public bool A_recording_that_lacks_a_reply_has_a_mismatch(Transcript script)
    {
        var recording = Recorder.Record(script, Limits.Default, TestValues.Moment);
        return Enumerable
            .Range(0, recording.Lines.Length)
            .Where(index => Recorder.IsReply(recording.Lines[index]))
            .Select(index => TranscriptGenerators.WithoutInvalid(recording.Lines.RemoveAt(index)))
            .All(static incomplete =>
                !TranscriptReplay.Replay(incomplete, Limits.Default, TestValues.Moment).IsEmpty
            );
    }

    [Law]
    public bool Equal_transcripts_and_byte_strings_have_equal_hashes(Transcript transcript, AnyBytes any) =>
        Transcript
            .Parse(transcript.Render())
            .Exists(parsed => parsed.GetHashCode() == transcript.GetHashCode())
        && ByteString.From(any.Bytes.Span).GetHashCode()
            == ByteString.From(any.Bytes.ToArray()).GetHashCode();
}
