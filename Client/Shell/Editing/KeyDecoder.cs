using System.Collections.Immutable;
using System.Text;
using LanguageExt;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>
/// Decodes keys to actions, one key at a time. A character outside the Basic Multilingual Plane arrives as two keys; the
/// key after Ctrl-V and pasted text are inserted literally, except line ends.
/// </summary>
internal sealed record KeyDecoder
{
    /// <summary>Turns on bracketed paste, and the key codes that .NET understands.</summary>
    internal const string EnableModes = "\u001b[?2004h\u001b[?1h\u001b=";

    /// <summary>Turns both off.</summary>
    internal const string DisableModes = "\u001b[?2004l\u001b[?1l\u001b>";

    private const char QuotedInsert = '\x16';
    private const string Escape = "\u001b";
    private const string PasteStart = "\u001b[200~";
    private const string PasteEnd = "\u001b[201~";

    private char HighSurrogate { get; init; }

    /// <summary>Whether Ctrl-V was the last key.</summary>
    private bool IsQuotedInsert { get; init; }

    private bool IsPasting { get; init; }

    /// <summary>The received part of a paste marker.</summary>
    private string PartialMarker { get; init; } = "";

    /// <summary>Decodes a key.</summary>
    /// <returns>The decoder for the next key, and the actions that are complete.</returns>
    internal (KeyDecoder Next, ImmutableArray<EditorAction> Actions) Decode(ConsoleKeyInfo key)
    {
        var marker = ExtendMarker(key);
        if (marker.Length > 0)
        {
            return (WithMarker(marker), []);
        }

        // The keys so far were no marker: they are text.
        var text = PartialMarker.EnumerateRunes().Skip(Escape.Length);
        var (next, action) = (this with { PartialMarker = "" }).DecodeKey(key);
        return (next, [.. text.Select(static rune => new EditorAction.SelfInsert(rune)), .. action]);
    }

    private (KeyDecoder Next, Option<EditorAction> Action) DecodeKey(ConsoleKeyInfo key)
    {
        var typed = key.KeyChar;
        var next = new KeyDecoder { IsPasting = IsPasting };
        return char.IsHighSurrogate(typed) ? (this with { HighSurrogate = typed }, default)
            : char.IsLowSurrogate(typed) ? (next, DecodeSurrogates(typed))
            : IsSelfInsert(typed) ? (next, new EditorAction.SelfInsert(new Rune(typed)))
            : typed == QuotedInsert ? (next with { IsQuotedInsert = true }, default)
            : (next, ActionOf(key));
    }

    private Option<EditorAction> DecodeSurrogates(char low) =>
        Rune.TryCreate(HighSurrogate, low, out var rune)
            ? new EditorAction.SelfInsert(rune)
            : Option<EditorAction>.None;

    // A line cannot contain a line end.
    private bool IsSelfInsert(char character) =>
        character is not ('\0' or '\n') && (IsQuotedInsert || (IsPasting && character != '\r'));

    /// <summary>The paste marker with one more key; empty where it is none. .NET may report ESC [ as Alt-[.</summary>
    private string ExtendMarker(ConsoleKeyInfo key)
    {
        var marker =
            key.KeyChar == Escape[0] ? Escape
            : key is { KeyChar: '[', Modifiers: ConsoleModifiers.Alt } ? $"{Escape}["
            : PartialMarker + key.KeyChar;
        return
            !IsQuotedInsert
            && (
                PasteStart.StartsWith(marker, StringComparison.Ordinal)
                || PasteEnd.StartsWith(marker, StringComparison.Ordinal)
            )
            ? marker
            : "";
    }

    private KeyDecoder WithMarker(string marker) =>
        marker is PasteStart or PasteEnd
            ? new() { IsPasting = marker is PasteStart }
            : new() { IsPasting = IsPasting, PartialMarker = marker };

    // Alt and Ctrl together are AltGr, which types characters such as @.
    private static EditorAction ActionOf(ConsoleKeyInfo key) =>
        (key.Modifiers & (ConsoleModifiers.Alt | ConsoleModifiers.Control)) == ConsoleModifiers.Alt
            ? AltAction(key)
        : key.KeyChar is (>= '\x01' and <= '\x1A') or '\x7F' ? ControlAction(key)
        : key.KeyChar < ' ' ? NamedKeyAction(key)
        : new EditorAction.SelfInsert(new Rune(key.KeyChar));

    /// <summary>A control character: Ctrl and a letter, Enter, Tab or Backspace.</summary>
    private static EditorAction ControlAction(ConsoleKeyInfo key) =>
        key.KeyChar switch
        {
            '\x01' => new EditorAction.MoveCursor(Motion.Start),
            '\x02' => new EditorAction.MoveCursor(Motion.Left),
            '\x03' => new EditorAction.Interrupt(),
            '\x04' => new EditorAction.DeleteOrEof(),
            '\x05' => new EditorAction.MoveCursor(Motion.End),
            '\x06' => new EditorAction.MoveCursor(Motion.Right),
            '\a' => new EditorAction.Abort(),
            '\b' or '\x7F' => key.Key == ConsoleKey.Delete
                ? new EditorAction.Delete(Motion.Right)
                : new EditorAction.Delete(Motion.Left),
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

    /// <summary>A key without a character.</summary>
    private static EditorAction NamedKeyAction(ConsoleKeyInfo key) =>
        (key.Key, key.Modifiers.HasFlag(ConsoleModifiers.Control)) switch
        {
            (ConsoleKey.LeftArrow, false) => new EditorAction.MoveCursor(Motion.Left),
            (ConsoleKey.LeftArrow, true) => new EditorAction.MoveCursor(Motion.WordLeft),
            (ConsoleKey.RightArrow, false) => new EditorAction.MoveCursor(Motion.Right),
            (ConsoleKey.RightArrow, true) => new EditorAction.MoveCursor(Motion.WordRight),
            (ConsoleKey.Home, _) => new EditorAction.MoveCursor(Motion.Start),
            (ConsoleKey.End, _) => new EditorAction.MoveCursor(Motion.End),
            (ConsoleKey.UpArrow, _) => new EditorAction.PreviousHistory(),
            (ConsoleKey.DownArrow, _) => new EditorAction.NextHistory(),
            (ConsoleKey.Delete, _) => new EditorAction.Delete(Motion.Right),
            (ConsoleKey.Backspace, _) => new EditorAction.Delete(Motion.Left),
            (ConsoleKey.Enter, _) => new EditorAction.AcceptLine(),
            _ => new EditorAction.Undefined(),
        };

    private static EditorAction AltAction(ConsoleKeyInfo key) =>
        key.Key switch
        {
            ConsoleKey.B or ConsoleKey.LeftArrow => new EditorAction.MoveCursor(Motion.WordLeft),
            ConsoleKey.F or ConsoleKey.RightArrow => new EditorAction.MoveCursor(Motion.WordRight),
            ConsoleKey.D => new EditorAction.Kill(Motion.WordRight),
            ConsoleKey.Backspace => new EditorAction.Kill(Motion.WordLeft),
            _ => new EditorAction.Undefined(),
        };
}
