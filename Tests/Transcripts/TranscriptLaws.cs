using FsCheck.Xunit;
using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Tests.Transcripts;

/// <summary>What holds for every transcript.</summary>
[Properties(Arbitrary = [typeof(TranscriptGenerators)], MaxTest = 200, QuietOnSuccess = true)]
public class TranscriptLaws
{
    private static Timestamp Wall => default;

    [Property]
    public bool Parse_reads_what_Render_writes(Transcript transcript) =>
        Transcript.Parse(transcript.Render()) == Either<TranscriptError, Transcript>.Right(transcript);

    [Property]
    public bool Carriage_returns_at_the_ends_of_lines_make_no_difference(Transcript transcript) =>
        Transcript.Parse(transcript.Render().Replace("\n", "\r\n", StringComparison.Ordinal))
        == Transcript.Parse(transcript.Render());

    [Property]
    public bool Any_text_is_a_transcript_or_an_error_in_one_of_its_lines(string? text) =>
        Transcript
            .Parse(text ?? "")
            .Match(
                Right: static transcript => Transcript.Parse(transcript.Render()) == transcript,
                Left: error => error.Line >= 1 && error.Line <= (text ?? "").Split('\n').Length
            );

    [Property]
    public bool FromPrintable_reads_what_ToPrintable_shows(byte[] bytes) =>
        Escape.FromPrintable(Escape.ToPrintable(bytes)) == Octets.From(bytes);

    /// <summary>N-2.</summary>
    [Property]
    public bool A_shown_line_is_one_line_without_control_characters(byte[] bytes) =>
        !Escape.ToPrintable(bytes).Any(char.IsControl);

    [Property]
    public bool An_exact_pattern_matches_its_line_and_no_other(byte[] line, byte[] other) =>
        LinePattern.Exactly(line).Matches(line)
        && LinePattern.Exactly(line).Matches(other) == line.SequenceEqual(other);

    [Property]
    public bool A_replay_gives_the_same_mismatches_every_time(Transcript transcript) =>
        Judge
            .Replay(transcript, Limits.Default, Wall)
            .SequenceEqual(Judge.Replay(transcript, Limits.Default, Wall));

    [Property]
    public bool A_recording_replays_without_a_mismatch(Transcript script) =>
        Judge.Replay(Recorder.Record(script, Limits.Default, Wall), Limits.Default, Wall).IsEmpty;

    [Property]
    public bool A_recording_that_lacks_a_reply_has_a_mismatch(Transcript script)
    {
        var recording = Recorder.Record(script, Limits.Default, Wall);
        return Enumerable
            .Range(0, recording.Lines.Length)
            .Where(index => Recorder.IsReply(recording.Lines[index]))
            .Select(index => TranscriptGenerators.Possible(recording.Lines.RemoveAt(index)))
            .All(static lacking => !Judge.Replay(lacking, Limits.Default, Wall).IsEmpty);
    }

    [Property]
    public bool Equal_transcripts_and_octets_have_equal_hashes(Transcript transcript, byte[] bytes) =>
        Transcript.Parse(transcript.Render()).Exists(read => read.GetHashCode() == transcript.GetHashCode())
        && Octets.From(bytes).GetHashCode() == Octets.From([.. bytes]).GetHashCode();
}
