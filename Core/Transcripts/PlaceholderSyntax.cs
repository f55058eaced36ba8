using System;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;
using TinyTcp.Core.Units;

namespace TinyTcp.Core.Transcripts;

/// <summary>How a transcript writes placeholders.</summary>
internal static class PlaceholderSyntax
{
    private static readonly ImmutableArray<(string Name, Func<string, Option<Placeholder>> Read)> Rows =
    [
        ("time", static argument => WithoutArgument(Placeholder.Time, argument)),
        ("text", static argument => WithoutArgument(Placeholder.Text, argument)),
        ("number", static argument => WithoutArgument(Placeholder.Number, argument)),
        ("now", ReadNow),
        ("like", Placeholder.Like),
    ];

    /// <summary>The first placeholder in a line, valid or not.</summary>
    internal static Option<Range> Find(string shown) =>
        Enumerable.Range(0, shown.Length).SelectMany(start => RangeAt(shown, start)).ToOption();

    /// <summary>Escapes what looks like a placeholder; the last one first, as an escape makes the signs before it one.</summary>
    internal static string Escape(string shown) =>
        Enumerable
            .Range(0, shown.Length)
            .Reverse()
            .Aggregate(
                shown,
                static (text, start) =>
                    RangeAt(text, start).IsSome ? $@"{text[..start]}\x3C{text[(start + 1)..]}" : text
            );

    /// <summary>Reads a placeholder, such as <c>&lt;time&gt;</c>.</summary>
    internal static Option<Placeholder> Read(string spelling)
    {
        var (name, argument) = Split(spelling[1..^1]);
        return Rows.Where(row => row.Name == name).ToOption().Bind(row => row.Read(argument));
    }

    private static Option<Range> RangeAt(string shown, int start)
    {
        var length = shown[start] == '<' ? shown.AsSpan(start + 1).IndexOfAny('<', '>') : -1;
        return
            length >= 0
            && shown[start + 1 + length] == '>'
            && Rows.Any(row => row.Name == Split(shown.Substring(start + 1, length)).Name)
            ? start..(start + length + 2)
            : Option<Range>.None;
    }

    private static (string Name, string Argument) Split(string inside)
    {
        var space = inside.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (inside, "") : (inside[..space], inside[(space + 1)..]);
    }

    private static Option<Placeholder> WithoutArgument(Placeholder placeholder, string argument) =>
        argument.Length == 0 ? placeholder : Option<Placeholder>.None;

    private static Option<Placeholder> ReadNow(string argument)
    {
        var (within, form) = Split(argument);
        return from milliseconds in UnitNotation.Durations.Parse(within)
            where milliseconds <= TranscriptTime.Max.TotalMilliseconds
            from known in TimeForm.From(form)
            select Placeholder.Now(TimeSpan.FromMilliseconds(milliseconds), known);
    }
}
