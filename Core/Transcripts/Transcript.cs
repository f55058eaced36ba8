using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>
/// Conversations as text: what was sent (<c>-&gt;</c>), what was received (<c>&lt;-</c>), and when. The one file format for
/// examples, test cases, recordings and scripts (docs/transcripts.md). Only transcripts whose lines are in a valid order
/// exist.
/// </summary>
public sealed class Transcript : IEquatable<Transcript>
{
    private Transcript(ImmutableArray<TranscriptLine> lines) => Lines = lines;

    /// <summary>The empty transcript.</summary>
    public static Transcript Empty { get; } = new([]);

    /// <summary>The lines; the first has number 1.</summary>
    public ImmutableArray<TranscriptLine> Lines { get; }

    /// <summary>Checks the order of lines.</summary>
    /// <param name="lines">Any lines.</param>
    /// <returns>The transcript, or the first line that is not allowed where it is.</returns>
    public static Either<TranscriptError, Transcript> From(IEnumerable<TranscriptLine> lines)
    {
        var transcript = new Transcript([.. lines]);
        var order = default(TranscriptOrder);
        for (var index = 0; index < transcript.Lines.Length; index++)
        {
            var line = transcript.Lines[index];
            var expected = order.Violation(line);
            if (expected.IsSome)
            {
                return new TranscriptError(index + 1, Column: 1, (string)expected, line.ToString());
            }

            order = order.After(line);
        }

        return transcript;
    }

    // transcript = *line
    /// <summary>Parses a transcript: <c>Parse(Render())</c> is the transcript.</summary>
    /// <param name="text">Any text; its lines end with LF or CR LF, which the last one may lack.</param>
    /// <returns>The transcript, or the first error.</returns>
    public static Either<TranscriptError, Transcript> Parse(string text)
    {
        var read = LinesOf(text)
            .Select(static (line, index) => TranscriptReader.Read(line, index + 1))
            .ToImmutableArray();
        var wrong = read.Where(static line => line.IsLeft).ToOption();
        return wrong.IsSome
            ? (TranscriptError)(Either<TranscriptError, TranscriptLine>)wrong
            : From(read.Select(static line => (TranscriptLine)line));
    }

    /// <summary>The transcript as text; each line ends with LF.</summary>
    public string Render() => string.Concat(Lines.Select(static line => $"{line}\n"));

    /// <summary>The same with <c>&lt;time&gt;</c> in each reply to TIME: for a server that has its own clock.</summary>
    public Transcript WithAnyTime() => new([.. Lines.Select(WithAnyTime)]);

    /// <summary>The same as <see cref="Render"/>.</summary>
    public override string ToString() => Render();

    /// <inheritdoc/>
    public bool Equals(Transcript? other) => other is not null && Lines.SequenceEqual(other.Lines);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Transcript);

    /// <inheritdoc/>
    public override int GetHashCode() => Lines.Length;

    private static TranscriptLine WithAnyTime(TranscriptLine line) =>
        line is TranscriptLine.Entry { Event: TranscriptEvent.Received received } entry
            ? entry with
            {
                Event = received with { Line = received.Line.WithAnyTime() },
            }
            : line;

    private static string[] LinesOf(string text)
    {
        var lines = text.Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
