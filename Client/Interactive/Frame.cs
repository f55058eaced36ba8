using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Interactive;

/// <summary>
/// The line being typed as a terminal is to show it: one row, moved sideways so that it never wraps, with every
/// character that a terminal would obey shown as an escape.
/// </summary>
/// <param name="Asks">What the prompt says, printable.</param>
/// <param name="Width">The terminal's columns; the last one stays free, so that no terminal goes to the next row.</param>
/// <param name="Paint">The colours.</param>
internal sealed record Frame(string Asks, int Width, Paint Paint)
{
    private const string EraseRest = "\u001b[K";
    private const string EraseBelow = "\u001b[J";
    private const string KeepCursor = "\u001b7";
    private const string BackToCursor = "\u001b8";
    private const string CutBefore = "<";
    private const string CutAfter = ">";
    private const int Comfortable = 24;
    private const int Tight = 8;

    private string Prompt =>
        Width >= Columns.Of($"{Asks}> ") + Comfortable ? $"{Asks}> "
        : Width >= Tight ? "> "
        : "";

    private int Room => Math.Max(0, Width - 1 - Columns.Of(Prompt));

    /// <summary>The line with its hint, and the cursor in its place.</summary>
    internal string Draw(Line line)
    {
        var (before, after) = Window(line);
        var hint = Suggestion.For(line).Map(Hint).IfNone("");
        var shown = Columns.First(hint, Room - Columns.Of(before) - Columns.Of(after));
        return $"\r{Paint.Prompt(Prompt)}{before}{KeepCursor}{after}{Paint.Hint(shown)}{EraseRest}{BackToCursor}";
    }

    /// <summary>The column in which the cursor of a line that was drawn stands.</summary>
    internal int Cursor(Line line) => Columns.Of(Prompt) + Columns.Of(Window(line).Before);

    /// <summary>
    /// Back to the start of what was drawn when the terminal was wider: most terminals have broken it into several rows.
    /// </summary>
    /// <param name="cursor">The column in which the cursor stood.</param>
    internal string After(int cursor) =>
        cursor < Width
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"\u001b[{cursor / Width}A\r{EraseBelow}");

    /// <summary>The start of a line that is finished, and the next row.</summary>
    /// <param name="line">The line.</param>
    /// <param name="how">How it was finished, if otherwise than by Enter.</param>
    internal string Finish(Line line, string how)
    {
        var (before, after) = Window(line.Move(Motion.Start));
        return $"\r{Paint.Prompt(Prompt)}{Columns.First(before + after + how, Room)}{EraseRest}\n";
    }

    // Without colour a hint would pass for what was typed.
    private string Hint(Suggestion suggestion) =>
        Paint.Colours ? suggestion.Rest : $"  # {suggestion.Syntax}";

    /// <summary>What of a line can be seen before and after its cursor.</summary>
    private (string Before, string After) Window(Line line)
    {
        var before = Elements(line.Text[..line.Cursor]);
        var after = Elements(line.Text[line.Cursor..]);
        var mark = after.Count > 0 ? CutAfter : "";
        var left = Last(before, Room - mark.Length);
        return (left, First(after, Room - Columns.Of(left)));
    }

    // An escape is split: one element may show as more columns than a terminal has.
    private static List<string> Elements(string text) => [.. TextElements.Of(Columns.Shown(text))];

    private static string First(List<string> elements, int room) =>
        elements.Sum(Columns.Of) <= room ? string.Concat(elements)
        : room < CutAfter.Length ? ""
        : Columns.First(elements, room - CutAfter.Length) + CutAfter;

    private static string Last(List<string> elements, int room) =>
        elements.Sum(Columns.Of) <= room ? string.Concat(elements)
        : room < CutBefore.Length ? ""
        : CutBefore + Columns.Last(elements, room - CutBefore.Length);
}
