using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell;

/// <summary>
/// The line being typed as a terminal is to show it: one row, moved sideways so that it never wraps, with every
/// character that a terminal would obey shown as an escape.
/// </summary>
/// <param name="PromptText">What the prompt says, printable.</param>
/// <param name="Width">The terminal's columns; the last one stays free, so that no terminal goes to the next row.</param>
/// <param name="Theme">The colours.</param>
internal sealed record PromptRenderer(string PromptText, int Width, Theme Theme)
{
    private const string EraseToEndOfLine = "\u001b[K";
    private const string EraseBelow = "\u001b[J";
    private const string SaveCursor = "\u001b7";
    private const string RestoreCursor = "\u001b8";
    private const string LeftTruncationMark = "<";
    private const string RightTruncationMark = ">";
    private const int MinLineWidth = 24;
    private const int MinPromptWidth = 8;

    private string VisiblePrompt =>
        Width >= DisplayWidth.Of($"{PromptText}> ") + MinLineWidth ? $"{PromptText}> "
        : Width >= MinPromptWidth ? "> "
        : "";

    private int LineWidth => Math.Max(0, Width - 1 - DisplayWidth.Of(VisiblePrompt));

    /// <summary>The line with its hint, and the cursor in its place.</summary>
    internal string Render(LineBuffer line)
    {
        var (before, after) = VisiblePart(line);
        var hint = Suggestion.For(line).Map(HintText).IfNone("");
        var shown = DisplayWidth.TakeStart(
            hint,
            LineWidth - DisplayWidth.Of(before) - DisplayWidth.Of(after)
        );
        return $"\r{Theme.Prompt(VisiblePrompt)}{before}{SaveCursor}{after}{Theme.Hint(shown)}{EraseToEndOfLine}{RestoreCursor}";
    }

    /// <summary>The column in which the cursor of a line that was drawn stands.</summary>
    internal int CursorColumn(LineBuffer line) =>
        DisplayWidth.Of(VisiblePrompt) + DisplayWidth.Of(VisiblePart(line).Before);

    /// <summary>
    /// Back to the start of what was drawn when the terminal was wider: most terminals have broken it into several rows.
    /// </summary>
    /// <param name="cursor">The column in which the cursor stood.</param>
    internal string EraseAfterResize(int cursor) =>
        cursor < Width
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"\u001b[{cursor / Width}A\r{EraseBelow}");

    /// <summary>The start of a line that is finished, and the next row.</summary>
    /// <param name="line">The line.</param>
    /// <param name="suffix">How it was finished, if otherwise than by Enter.</param>
    internal string RenderFinished(LineBuffer line, string suffix)
    {
        var (before, after) = VisiblePart(line.Move(Motion.Start));
        return $"\r{Theme.Prompt(VisiblePrompt)}{DisplayWidth.TakeStart(before + after + suffix, LineWidth)}{EraseToEndOfLine}\n";
    }

    // Without colour a hint would pass for what was typed.
    private string HintText(Suggestion suggestion) =>
        Theme.HasColors ? suggestion.Remainder : $"  # {suggestion.Syntax}";

    /// <summary>What of a line can be seen before and after its cursor.</summary>
    private (string Before, string After) VisiblePart(LineBuffer line)
    {
        var before = SplitElements(line.Text[..line.Cursor]);
        var after = SplitElements(line.Text[line.Cursor..]);
        var mark = after.Count > 0 ? RightTruncationMark : "";
        var left = TruncateStart(before, LineWidth - mark.Length);
        return (left, TruncateEnd(after, LineWidth - DisplayWidth.Of(left)));
    }

    // An escape is split: one element may show as more columns than a terminal has.
    private static List<string> SplitElements(string text) =>
        [.. TextElements.Split(DisplayWidth.SanitizeTyped(text))];

    private static string TruncateEnd(List<string> elements, int width) =>
        elements.Sum(DisplayWidth.Of) <= width ? string.Concat(elements)
        : width < RightTruncationMark.Length ? ""
        : DisplayWidth.TakeStart(elements, width - RightTruncationMark.Length) + RightTruncationMark;

    private static string TruncateStart(List<string> elements, int width) =>
        elements.Sum(DisplayWidth.Of) <= width ? string.Concat(elements)
        : width < LeftTruncationMark.Length ? ""
        : LeftTruncationMark + DisplayWidth.TakeEnd(elements, width - LeftTruncationMark.Length);
}
