using System;
using System.Collections.Immutable;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>Stands at the end of a received line for something that may differ.</summary>
public sealed record Placeholder
{
    private readonly Func<ReadOnlyMemory<byte>, bool> matches;

    private Placeholder(string spelling, Func<ReadOnlyMemory<byte>, bool> matches)
    {
        Spelling = spelling;
        this.matches = matches;
    }

    // time-placeholder = %s"<time>"
    /// <summary>Any timestamp, in the one form that servers write (T-1).</summary>
    public static Placeholder Time { get; } =
        new("<time>", static bytes => Timestamp.Read(bytes.Span).Exists(time => IsWritten(time, bytes)));

    // text-placeholder = %s"<text>"
    /// <summary>Any text: at least one byte, UTF-8, no white space at its ends (F-2, F-7).</summary>
    public static Placeholder Text { get; } =
        new(
            "<text>",
            static bytes => LineText.From(bytes).Exists(text => text.Bytes.SequenceEqual(bytes.Span))
        );

    /// <summary>All placeholders.</summary>
    public static ImmutableArray<Placeholder> Rows { get; } = [Time, Text];

    /// <summary>How a transcript writes it.</summary>
    public string Spelling { get; }

    /// <summary>Whether it stands for some bytes.</summary>
    /// <param name="bytes">What was received in its place.</param>
    public bool Matches(ReadOnlyMemory<byte> bytes) => matches(bytes);

    private static bool IsWritten(Timestamp time, ReadOnlyMemory<byte> bytes)
    {
        Span<byte> written = stackalloc byte[Timestamp.Length];
        TimestampFormat.Write(time.Moment, written);
        return written.SequenceEqual(bytes.Span);
    }
}
