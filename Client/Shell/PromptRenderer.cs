using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell;

/// <summary>
/// Renders the line being typed in rows that it wraps itself; a line that is longer than the screen is scrolled. Control
/// characters are shown escaped.
/// </summary>
/// <param name="PromptText">The prompt, printable.</param>
/// <param name="Width">The terminal's columns; the last one stays free, because some terminals wrap after it.</param>
/// <param name="Height">The most rows.</param>
/// <param name="Theme">The colours.</param>
internal sealed record PromptRenderer(string PromptText, int Width, int Height, Theme Theme)
{
    private const string LeftTruncationMark = "<";
    private const string RightTruncationMark = ">";
    private const int MinLineWidth = 24;
    private const int MinPromptWidth = 8;

    // More characters beside the cursor are not looked at: a row has room for their text elements.
    private const int MaxCharactersPerColumn = 8;

    private string VisiblePrompt =>
        Width >= DisplayWidth.Of($"{PromptText}> ") + MinLineWidth ? $"{PromptText}> "
        : Width >= MinPromptWidth ? "> "
        : "";

    private int RowWidth => Width - 1;

    // At the end of each row but the last, a column may stay free for half a wide character.
    private int LineWidth => Math.Max(0, (Height * RowWidth) - (Height - 1) - DisplayWidth.Of(VisiblePrompt));

    private int MaxCharacters => MaxCharactersPerColumn * Width * Height;

    /// <summary>The line with its suggestion, cut at the cursor.</summary>
    internal (string BeforeCursor, string AfterCursor) Render(LineBuffer line)
    {
        var (before, after) = VisiblePart(line);
        var hint = Suggestion.For(line).Map(HintText).IfNone("");
        var rows = new RowWriter(RowWidth, DisplayWidth.Of(VisiblePrompt));
        var (wrappedBefore, wrappedAfter) = (rows.Wrap(before), rows.Wrap(after));
        if (rows.Count > Height)
        {
            return (this with { Height = 1 }).Render(line);
        }

        // The cursor is where the next character will be.
        var nextRow = wrappedAfter.StartsWith('\n') ? "\n" : "";
        return (
            Theme.Apply(Theme.Prompt, VisiblePrompt) + wrappedBefore + nextRow,
            wrappedAfter[nextRow.Length..]
                + Theme.Apply(Theme.Hint, DisplayWidth.TakeStart(hint, RowWidth - rows.Column))
        );
    }

    /// <summary>The start of a line that was accepted or interrupted.</summary>
    /// <param name="line">The line.</param>
    /// <param name="suffix">The mark after an interrupted line.</param>
    internal string RenderFinished(LineBuffer line, string suffix)
    {
        var (_, visible) = VisiblePart(line.Move(Motion.Start));
        var rows = new RowWriter(RowWidth, DisplayWidth.Of(VisiblePrompt));
        var wrapped =
            rows.Wrap(DisplayWidth.TakeStart(visible, LineWidth - suffix.Length))
            + rows.WrapWhole(DisplayWidth.TakeStart(suffix, RowWidth));
        return rows.Count > Height
            ? (this with { Height = 1 }).RenderFinished(line, suffix)
            : Theme.Apply(Theme.Prompt, VisiblePrompt) + wrapped;
    }

    // Without colours, a suggestion would look like typed text.
    private string HintText(Suggestion suggestion) =>
        Theme.HasColors ? suggestion.Remainder : $"  # {suggestion.Syntax}";

    // Cut after escaping, and an escape can be cut in the middle: it may be wider than the terminal.
    private (string Before, string After) VisiblePart(LineBuffer line)
    {
        var before = DisplayWidth.SanitizeTyped(line.TakeBeforeCursor(MaxCharacters));
        var after = DisplayWidth.SanitizeTyped(line.TakeAfterCursor(MaxCharacters));
        var mark = after.Length > 0 ? RightTruncationMark : "";
        var left = TruncateStart(before, LineWidth - mark.Length);
        return (left, TruncateEnd(after, LineWidth - DisplayWidth.Of(left)));
    }

    private static string TruncateStart(string text, int width) =>
        DisplayWidth.Of(text) <= width ? text
        : width < LeftTruncationMark.Length ? ""
        : LeftTruncationMark + DisplayWidth.TakeEnd(text, width - LeftTruncationMark.Length);

    private static string TruncateEnd(string text, int width) =>
        DisplayWidth.Of(text) <= width ? text
        : width < RightTruncationMark.Length ? ""
        : DisplayWidth.TakeStart(text, width - RightTruncationMark.Length) + RightTruncationMark;
}
