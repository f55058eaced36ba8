using System.Collections.Immutable;
using System.Text;
using LanguageExt;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>
/// From what a terminal reports to what a key asks for, one report after the other: a character beyond the first 65,536
/// comes in two, Ctrl-V makes the next one stand for itself, and what is pasted stands for itself but for the ends of lines.
/// </summary>
internal readonly record struct KeyDecoder
{
    /// <summary>
    /// Has a terminal put marks round what is pasted (bracketed paste), and its keys speak as .NET understands them.
    /// </summary>
    internal const string EnableModes = "\u001b[?2004h\u001b[?1h\u001b=";

    /// <summary>Has it do so no more: .NET would leave its keys as they are.</summary>
    internal const string DisableModes = "\u001b[?2004l\u001b[?1l\u001b>";

    private const char QuotedInsert = '\x16';
    private const char Escape = '\x1B';
    private const string PasteStart = "[200~";
    private const string PasteEnd = "[201~";

    /// <summary>The first half of a character that comes in two.</summary>
    private char HighSurrogate { get; init; }

    /// <summary>Whether the next one stands for itself.</summary>
    private bool IsQuotedInsert { get; init; }

    /// <summary>Whether what comes is pasted.</summary>
    private bool IsPasting { get; init; }

    /// <summary>What has come of a mark, behind its escape; none where no mark has begun.</summary>
    private Option<string> PartialMarker { get; init; }

    /// <summary>Reads one report.</summary>
    /// <returns>How to read the next one, and the keys that are complete.</returns>
    internal (KeyDecoder Next, ImmutableArray<EditorAction> Keys) Decode(ConsoleKeyInfo info)
    {
        var mark = NextMarker(info);
        if (mark.IsSome)
        {
            return (WithMarker((string)mark), []);
        }

        var (next, key) = (this with { PartialMarker = default }).DecodeKey(info);
        var begun = PartialMarker.IfNone("").EnumerateRunes().Select(EditorAction.SelfInsert);
        return (next, [.. key.Match(Some: begun.Append, None: () => begun)]);
    }

    private (KeyDecoder Next, Option<EditorAction> Key) DecodeKey(ConsoleKeyInfo info)
    {
        var typed = info.KeyChar;
        if (char.IsHighSurrogate(typed))
        {
            return (this with { HighSurrogate = typed }, Option<EditorAction>.None);
        }

        var fresh = new KeyDecoder { IsPasting = IsPasting };
        if (char.IsLowSurrogate(typed))
        {
            return (
                fresh,
                Rune.TryCreate(HighSurrogate, typed, out var rune)
                    ? EditorAction.SelfInsert(rune)
                    : Option<EditorAction>.None
            );
        }

        // A line cannot hold its own end.
        return IsSelfInsert(typed) ? (fresh, EditorAction.SelfInsert(new Rune(typed)))
            : typed == QuotedInsert ? (fresh with { IsQuotedInsert = true }, Option<EditorAction>.None)
            : (fresh, ActionOf(info));
    }

    private bool IsSelfInsert(char character) =>
        character is not ('\0' or '\n') && (IsQuotedInsert || (IsPasting && character != '\r'));

    /// <summary>What there is of a mark with one more report; .NET may tell of an escape and a bracket as of Alt and a bracket.</summary>
    private Option<string> NextMarker(ConsoleKeyInfo info) =>
        IsQuotedInsert ? default
        : info.KeyChar == Escape ? ""
        : info is { KeyChar: '[', Modifiers: ConsoleModifiers.Alt } ? "["
        : PartialMarker
            .Map(begun => begun + info.KeyChar)
            .Filter(static begun =>
                PasteStart.StartsWith(begun, StringComparison.Ordinal)
                || PasteEnd.StartsWith(begun, StringComparison.Ordinal)
            );

    private KeyDecoder WithMarker(string marker) =>
        marker is PasteStart or PasteEnd
            ? new() { IsPasting = marker is PasteStart }
            : new() { IsPasting = IsPasting, PartialMarker = marker };

    // Where Alt and Ctrl are both down they are the one key by which some keyboards type @.
    private static EditorAction ActionOf(ConsoleKeyInfo info) =>
        (info.Modifiers & (ConsoleModifiers.Alt | ConsoleModifiers.Control)) == ConsoleModifiers.Alt
            ? AltAction(info)
        : info.KeyChar is (>= '\x01' and <= '\x1A') or '\x7F' ? ControlAction(info)
        : info.KeyChar < ' ' ? NamedKeyAction(info)
        : EditorAction.SelfInsert(new Rune(info.KeyChar));

    /// <summary>Ctrl and a letter, as a terminal sends it; Enter, Tab and Backspace are such.</summary>
    private static EditorAction ControlAction(ConsoleKeyInfo info) =>
        info.KeyChar switch
        {
            '\x01' => EditorAction.MoveCursor(Motion.Start),
            '\x02' => EditorAction.MoveCursor(Motion.Left),
            '\x03' => EditorAction.Interrupt,
            '\x04' => EditorAction.DeleteOrEof,
            '\x05' => EditorAction.MoveCursor(Motion.End),
            '\x06' => EditorAction.MoveCursor(Motion.Right),
            '\a' => EditorAction.Abort,
            '\b' or '\x7F' => info.Key == ConsoleKey.Delete
                ? EditorAction.Delete(Motion.Right)
                : EditorAction.Delete(Motion.Left),
            '\t' => EditorAction.Complete,
            '\n' or '\r' => EditorAction.AcceptLine,
            '\v' => EditorAction.Kill(Motion.End),
            '\f' => EditorAction.ClearScreen,
            '\x0E' => EditorAction.NextHistory,
            '\x10' => EditorAction.PreviousHistory,
            '\x12' => EditorAction.ReverseSearchHistory,
            '\x15' => EditorAction.Kill(Motion.Start),
            '\x17' => EditorAction.Kill(Motion.WordLeft),
            '\x19' => EditorAction.Yank,
            '\x1A' => EditorAction.Suspend,
            _ => EditorAction.Undefined,
        };

    /// <summary>A key without a character of its own.</summary>
    private static EditorAction NamedKeyAction(ConsoleKeyInfo info) =>
        (info.Key, info.Modifiers.HasFlag(ConsoleModifiers.Control)) switch
        {
            (ConsoleKey.LeftArrow, false) => EditorAction.MoveCursor(Motion.Left),
            (ConsoleKey.LeftArrow, true) => EditorAction.MoveCursor(Motion.WordLeft),
            (ConsoleKey.RightArrow, false) => EditorAction.MoveCursor(Motion.Right),
            (ConsoleKey.RightArrow, true) => EditorAction.MoveCursor(Motion.WordRight),
            (ConsoleKey.Home, _) => EditorAction.MoveCursor(Motion.Start),
            (ConsoleKey.End, _) => EditorAction.MoveCursor(Motion.End),
            (ConsoleKey.UpArrow, _) => EditorAction.PreviousHistory,
            (ConsoleKey.DownArrow, _) => EditorAction.NextHistory,
            (ConsoleKey.Delete, _) => EditorAction.Delete(Motion.Right),
            (ConsoleKey.Backspace, _) => EditorAction.Delete(Motion.Left),
            (ConsoleKey.Enter, _) => EditorAction.AcceptLine,
            _ => EditorAction.Undefined,
        };

    private static EditorAction AltAction(ConsoleKeyInfo info) =>
        info.Key switch
        {
            ConsoleKey.B or ConsoleKey.LeftArrow => EditorAction.MoveCursor(Motion.WordLeft),
            ConsoleKey.F or ConsoleKey.RightArrow => EditorAction.MoveCursor(Motion.WordRight),
            ConsoleKey.D => EditorAction.Kill(Motion.WordRight),
            ConsoleKey.Backspace => EditorAction.Kill(Motion.WordLeft),
            _ => EditorAction.Undefined,
        };
}
