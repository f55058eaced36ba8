using System;
using System.Buffers;
using System.Text;
using LanguageExt;
using TinyTcp.Core.Units;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>Stands at the end of a received line for something that may differ. Two are equal if a transcript writes them alike.</summary>
public sealed class Placeholder : IEquatable<Placeholder>
{
    private static readonly SearchValues<byte> DigitsAndPoint = SearchValues.Create("0123456789."u8);

    private readonly Func<ReadOnlyMemory<byte>, DateTimeOffset, bool> matches;
    private readonly Func<DateTimeOffset, string> example;

    private Placeholder(
        string spelling,
        Func<ReadOnlyMemory<byte>, DateTimeOffset, bool> matches,
        Func<DateTimeOffset, string> example
    )
    {
        Spelling = spelling;
        this.matches = matches;
        this.example = example;
    }

    // time-placeholder = %s"<time>"
    /// <summary>Any timestamp, in the one form that servers write (T-1).</summary>
    public static Placeholder Time { get; } =
        new(
            "<time>",
            static (bytes, _) => Timestamp.ReadWritten(bytes.Span).IsSome,
            static now => TimeForm.Default.Format(now)
        );

    // text-placeholder = %s"<text>"
    /// <summary>Any text: at least one byte, UTF-8, no white space at its ends (F-2, F-7).</summary>
    public static Placeholder Text { get; } =
        new(
            "<text>",
            static (bytes, _) => LineText.From(bytes).Exists(text => text.Bytes.SequenceEqual(bytes.Span)),
            static _ => "text"
        );

    // number-placeholder = %s"<number>"
    /// <summary>A decimal number, perhaps with a sign and a fraction.</summary>
    public static Placeholder Number { get; } =
        new("<number>", static (bytes, _) => IsNumber(bytes.Span), static _ => "42");

    /// <summary>How a transcript writes it.</summary>
    public string Spelling { get; }

    // now-placeholder = %s"<now " duration [SP time-form] ">"
    /// <summary>A time that differs from now by at most so much.</summary>
    /// <param name="within">How much.</param>
    /// <param name="form">How the time is written.</param>
    public static Placeholder Now(TimeSpan within, TimeForm form) =>
        new(
            $"<now {UnitNotation.Durations.Format((long)within.TotalMilliseconds)}{(form == TimeForm.Default ? "" : $" {form}")}>",
            (bytes, now) =>
                form.DistanceTo(now, Encoding.UTF8.GetString(bytes.Span))
                    .Exists(distance => distance <= within),
            form.Format
        );

    // like-placeholder = %s"<like " pattern ">"
    /// <summary>A text that matches a pattern: <c>*</c> is any text, <c>?</c> any character, <c>#</c> any digit.</summary>
    /// <param name="pattern">The pattern; it contains neither <c>&lt;</c> nor <c>&gt;</c>.</param>
    /// <returns>The placeholder, or none if the pattern is empty or contains one of these.</returns>
    public static Option<Placeholder> Like(string pattern) =>
        pattern.Length > 0 && !pattern.AsSpan().ContainsAny('<', '>')
            ? new Placeholder(
                $"<like {pattern}>",
                (bytes, _) => Glob.Matches(pattern, Encoding.UTF8.GetString(bytes.Span)),
                _ => Glob.Example(pattern)
            )
            : Option<Placeholder>.None;

    /// <summary>Whether it stands for some bytes.</summary>
    /// <param name="bytes">What was received in its place.</param>
    /// <param name="now">The time at which they were received.</param>
    public bool Matches(ReadOnlyMemory<byte> bytes, DateTimeOffset now) => matches(bytes, now);

    /// <summary>A text that it stands for.</summary>
    /// <param name="now">The time of day.</param>
    public string Example(DateTimeOffset now) => example(now);

    /// <summary>How a transcript writes it.</summary>
    public override string ToString() => Spelling;

    /// <inheritdoc/>
    public bool Equals(Placeholder? other) => other is not null && Spelling == other.Spelling;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Placeholder);

    /// <inheritdoc/>
    public override int GetHashCode() => Spelling.Length;

    private static bool IsNumber(ReadOnlySpan<byte> bytes)
    {
        var digits = bytes is [(byte)'-' or (byte)'+', ..] ? bytes[1..] : bytes;
        return digits.Count((byte)'.') <= 1
            && digits
                is [>= (byte)'0' and <= (byte)'9', .., >= (byte)'0' and <= (byte)'9']
                    or [>= (byte)'0' and <= (byte)'9']
            && !digits.ContainsAnyExcept(DigitsAndPoint);
    }
}
