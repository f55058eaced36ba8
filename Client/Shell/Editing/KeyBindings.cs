using System.Globalization;
using LanguageExt;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>Which key does what: readline's bindings.</summary>
internal static class KeyBindings
{
    // Modifiers are sent as their sum plus 1; Shift is 1.
    private const int Alt = 2;
    private const int Control = 4;
    private const int Meta = 8;

    /// <summary>The action of Ctrl and a letter, Enter, Tab or Backspace.</summary>
    internal static EditorAction OfControl(char control) =>
        control switch
        {
            '\x01' => new EditorAction.MoveCursor(Motion.Start),
            '\x02' => new EditorAction.MoveCursor(Motion.Left),
            '\x03' => new EditorAction.Interrupt(),
            '\x04' => new EditorAction.DeleteOrEof(),
            '\x05' => new EditorAction.MoveCursor(Motion.End),
            '\x06' => new EditorAction.MoveCursor(Motion.Right),
            '\a' => new EditorAction.Abort(),
            '\b' or '\x7F' => new EditorAction.Delete(Motion.Left),
            '\t' => new EditorAction.Complete(),
            '\n' or '\r' => new EditorAction.AcceptLine(),
            '\v' => new EditorAction.Kill(Motion.End),
            '\f' => new EditorAction.ClearScreen(),
            '\x0E' => new EditorAction.NextHistory(),
            '\x10' => new EditorAction.PreviousHistory(),
            '\x12' => new EditorAction.ReverseSearchHistory(),
            '\x15' => new EditorAction.Kill(Motion.Start),
            '\x17' => new EditorAction.Kill(Motion.WordLeft),
            '\x19' => new EditorAction.Yank(),
            '\x1A' => new EditorAction.Suspend(),
            _ => new EditorAction.Undefined(),
        };

    /// <summary>The action of Alt and a key.</summary>
    internal static EditorAction OfAlt(char key) =>
        key switch
        {
            'b' or 'B' => new EditorAction.MoveCursor(Motion.WordLeft),
            'f' or 'F' => new EditorAction.MoveCursor(Motion.WordRight),
            'd' or 'D' => new EditorAction.Kill(Motion.WordRight),
            '\b' or '\x7F' => new EditorAction.Kill(Motion.WordLeft),
            '\t' or '\r' or '\n' => new EditorAction.Undefined(),
            // Escape and Ctrl-C within a moment, for instance.
            < ' ' => OfControl(key),
            _ => new EditorAction.Undefined(),
        };

    /// <summary>Whether Alt and a key have an action.</summary>
    internal static bool HasAlt(char key) => OfAlt(key) is not EditorAction.Undefined;

    /// <summary>The action of a named key. Other keys, the mouse and answers of the terminal have none.</summary>
    internal static Option<EditorAction> Of(TerminalInput.Sequence sequence) =>
        sequence.Parameters.All(static character => char.IsAsciiDigit(character) || character == ';')
            ? (sequence.Introducer, sequence.Final) switch
            {
                (_, 'A') => new EditorAction.PreviousHistory(),
                (_, 'B') => new EditorAction.NextHistory(),
                (_, 'C') => new EditorAction.MoveCursor(
                    MovesByWord(sequence) ? Motion.WordRight : Motion.Right
                ),
                (_, 'D') => new EditorAction.MoveCursor(
                    MovesByWord(sequence) ? Motion.WordLeft : Motion.Left
                ),
                (_, 'H') => new EditorAction.MoveCursor(Motion.Start),
                (_, 'F') => new EditorAction.MoveCursor(Motion.End),
                ('[', '~') => OfNumber(sequence.Parameters.Split(';')[0]),
                // Enter beside the digits, and Ctrl with an arrow in rxvt.
                ('O', 'M') => new EditorAction.AcceptLine(),
                ('O', 'c') => new EditorAction.MoveCursor(Motion.WordRight),
                ('O', 'd') => new EditorAction.MoveCursor(Motion.WordLeft),
                _ => Option<EditorAction>.None,
            }
            : default;

    private static Option<EditorAction> OfNumber(string number) =>
        number switch
        {
            "1" or "7" => new EditorAction.MoveCursor(Motion.Start),
            "3" => new EditorAction.Delete(Motion.Right),
            "4" or "8" => new EditorAction.MoveCursor(Motion.End),
            _ => Option<EditorAction>.None,
        };

    // Old terminals send the modifier alone, as in ESC [ 5 D.
    private static bool MovesByWord(TerminalInput.Sequence sequence) =>
        sequence.IsAlt
        || (
            int.TryParse(
                sequence.Parameters.Split(';')[^1],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var modifiers
            )
            && modifiers > 1
            && ((modifiers - 1) & (Alt | Control | Meta)) != 0
        );
}
