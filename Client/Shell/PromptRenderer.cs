using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell;

/// <summary>
/// Renders the line being typed as one row that never wraps: a longer line is scrolled sideways. Control characters are
/// shown escaped.
/// </summary>
/// <param name="PromptText">The prompt, printable.</param>
/// <param name="Width">The terminal's columns; the last one stays free, because some terminals wrap after it.</param>
/// <param name="Theme">The colours.</param>
internal sealed record PromptRenderer(string PromptText, int Width, Theme Theme)
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

    private int LineWidth => Math.Max(0, Width - 1 - DisplayWidth.Of(VisiblePrompt));

    private int MaxCharacters => MaxCharactersPerColumn * Width;

    /// <summary>The line with its suggestion, cut at the cursor.</summary>
    internal (string BeforeCursor, string AfterCursor) Render(LineBuffer line)
    {
        var (before, after) = VisiblePart(line);
        var hint = DisplayWidth.TakeStart(
            Suggestion.For(line).Map(HintText).IfNone(""),
            LineWidth - DisplayWidth.Of(before + after)
        );
        return (Theme.Apply(Theme.Prompt, VisiblePrompt) + before, after + Theme.Apply(Theme.Hint, hint));
    }

    /// <summary>The start of a line that was accepted or interrupted.</summary>
    /// <param name="line">The line.</param>
    /// <param name="suffix">The mark after an interrupted line.</param>
    internal string RenderFinished(LineBuffer line, string suffix)
    {
        var (_, visible) = VisiblePart(line.Move(Motion.Start));
        var shown = DisplayWidth.TakeStart(visible, LineWidth - suffix.Length) + suffix;
        return Theme.Apply(Theme.Prompt, VisiblePrompt) + DisplayWidth.TakeStart(shown, LineWidth);
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
