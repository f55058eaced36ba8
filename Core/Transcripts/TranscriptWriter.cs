using System.Globalization;
using System.Linq;

namespace TinyTcp.Core.Transcripts;

/// <summary>From a transcript's line to the characters it is written in.</summary>
internal static class TranscriptWriter
{
    internal static string Write(TranscriptLine line) =>
        line.Match(
            blank: static () => "",
            comment: static comment => Write(comment),
            connect: static connect => $"{TranscriptSyntax.Connect}{connect.Peer}",
            happened: static happened => Write(happened)
        );

    internal static string Write(TranscriptEvent happened) =>
        happened.Match(
            sent: static sent => Arrow(TranscriptSyntax.Sent, sent.Bytes.ToString(), sent.Ended),
            received: static received =>
                Arrow(TranscriptSyntax.Received, Write(received.Line), received.Ended),
            finished: static () => TranscriptSyntax.Finish,
            closed: static () => TranscriptSyntax.Closed
        );

    private static string Write(TranscriptLine.Comment comment) =>
        comment.Remark.Match(
            Some: static remark => $"{TranscriptSyntax.Comment} {remark}",
            None: static () => $"{TranscriptSyntax.Comment}"
        );

    private static string Write(TranscriptLine.Entry happened) =>
        happened.At.Match(
            Some: static at =>
                string.Create(CultureInfo.InvariantCulture, $"{TranscriptSyntax.Time}{at / 1000m:0.000} "),
            None: static () => ""
        ) + Write(happened.Event);

    private static string Write(LinePattern pattern) =>
        Placeholder.Rows.Aggregate(pattern.Literal.ToString(), AsLiteral)
        + pattern.Ending.Match(Some: static ending => ending.Spelling, None: static () => "");

    /// <summary>A literal that looks like a placeholder, written so that it is none.</summary>
    private static string AsLiteral(string shown, Placeholder placeholder) =>
        shown.Replace(
            placeholder.Spelling,
            $@"\x3C{placeholder.Spelling[1..]}",
            System.StringComparison.Ordinal
        );

    private static string Arrow(string arrow, string shown, bool ended) =>
        !ended ? $"{arrow} {shown}{TranscriptSyntax.Continuation}"
        : shown.Length == 0 ? arrow
        : $"{arrow} {KeepLastSpace(shown)}";

    /// <summary>Editors drop a space at the end of a line; an escape they leave alone.</summary>
    private static string KeepLastSpace(string shown) => shown.EndsWith(' ') ? $@"{shown[..^1]}\x20" : shown;
}
