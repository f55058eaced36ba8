using System.Collections.Immutable;
using System.Text;
using LanguageExt;

namespace TinyTcp.Cli.Interactive;

/// <summary>
/// From what a terminal reports to what a key asks for, one report after the other: a character beyond the first 65,536
/// comes in two, Ctrl-V makes the next one stand for itself, and what is pasted stands for itself but for the ends of lines.
/// </summary>
internal readonly record struct KeyReading
{
    /// <summary>
    /// Has a terminal put marks round what is pasted (bracketed paste), and its keys speak as .NET understands them.
    /// </summary>
    internal const string Take = "\u001b[?2004h\u001b[?1h\u001b=";

    /// <summary>Has it do so no more: .NET would leave its keys as they are.</summary>
    internal const string GiveBack = "\u001b[?2004l\u001b[?1l\u001b>";

    private const char Literal = '\x16';
    private const char Escape = '\x1B';
    private const string PasteBegins = "[200~";
    private const string PasteEnds = "[201~";

    /// <summary>The first half of a character that comes in two.</summary>
    private char High { get; init; }

    /// <summary>Whether the next one stands for itself.</summary>
    private bool IsLiteral { get; init; }

    /// <summary>Whether what comes is pasted.</summary>
    private bool IsPasted { get; init; }

    /// <summary>What has come of a mark, behind its escape; none where no mark has begun.</summary>
    private Option<string> Mark { get; init; }

    /// <summary>Reads one report.</summary>
    /// <returns>How to read the next one, and the keys that are complete.</returns>
    internal (KeyReading Next, ImmutableArray<Key> Keys) Read(ConsoleKeyInfo info)
    {
        var mark = NextMark(info);
        if (mark.IsSome)
        {
            return (Marked((string)mark), []);
        }

        var (next, key) = (this with { Mark = default }).ReadUnmarked(info);
        var begun = Mark.IfNone("").EnumerateRunes().Select(Key.Typed);
        return (next, [.. key.Match(Some: begun.Append, None: () => begun)]);
    }

    private (KeyReading Next, Option<Key> Key) ReadUnmarked(ConsoleKeyInfo info)
    {
        var typed = info.KeyChar;
        if (char.IsHighSurrogate(typed))
        {
            return (this with { High = typed }, Option<Key>.None);
        }

        var fresh = new KeyReading { IsPasted = IsPasted };
        if (char.IsLowSurrogate(typed))
        {
            return (fresh, Rune.TryCreate(High, typed, out var rune) ? Key.Typed(rune) : Option<Key>.None);
        }

        // A line cannot hold its own end.
        return StandsForItself(typed) ? (fresh, Key.Typed(new Rune(typed)))
            : typed == Literal ? (fresh with { IsLiteral = true }, Option<Key>.None)
            : (fresh, Plain(info));
    }

    private bool StandsForItself(char typed) =>
        typed is not ('\0' or '\n') && (IsLiteral || (IsPasted && typed != '\r'));

    /// <summary>What there is of a mark with one more report; .NET may tell of an escape and a bracket as of Alt and a bracket.</summary>
    private Option<string> NextMark(ConsoleKeyInfo info) =>
        IsLiteral ? default
        : info.KeyChar == Escape ? ""
        : info is { KeyChar: '[', Modifiers: ConsoleModifiers.Alt } ? "["
        : Mark.Map(begun => begun + info.KeyChar)
            .Filter(static begun =>
                PasteBegins.StartsWith(begun, StringComparison.Ordinal)
                || PasteEnds.StartsWith(begun, StringComparison.Ordinal)
            );

    private KeyReading Marked(string mark) =>
        mark is PasteBegins or PasteEnds
            ? new() { IsPasted = mark is PasteBegins }
            : new() { IsPasted = IsPasted, Mark = mark };

    // Where Alt and Ctrl are both down they are the one key by which some keyboards type @.
    private static Key Plain(ConsoleKeyInfo info) =>
        (info.Modifiers & (ConsoleModifiers.Alt | ConsoleModifiers.Control)) == ConsoleModifiers.Alt
            ? WithAlt(info)
        : info.KeyChar is (>= '\x01' and <= '\x1A') or '\x7F' ? Control(info)
        : info.KeyChar < ' ' ? Named(info)
        : Key.Typed(new Rune(info.KeyChar));

    /// <summary>Ctrl and a letter, as a terminal sends it; Enter, Tab and Backspace are such.</summary>
    private static Key Control(ConsoleKeyInfo info) =>
        info.KeyChar switch
        {
            '\x01' => Key.Move(Motion.Start),
            '\x02' => Key.Move(Motion.Left),
            '\x03' => Key.Interrupt,
            '\x04' => Key.DeleteOrLeave,
            '\x05' => Key.Move(Motion.End),
            '\x06' => Key.Move(Motion.Right),
            '\a' => Key.Abandon,
            '\b' or '\x7F' => info.Key == ConsoleKey.Delete
                ? Key.Erase(Motion.Right)
                : Key.Erase(Motion.Left),
            '\t' => Key.Complete,
            '\n' or '\r' => Key.Accept,
            '\v' => Key.Kill(Motion.End),
            '\f' => Key.Clear,
            '\x0E' => Key.Newer,
            '\x10' => Key.Older,
            '\x12' => Key.Search,
            '\x15' => Key.Kill(Motion.Start),
            '\x17' => Key.Kill(Motion.WordLeft),
            '\x19' => Key.Yank,
            '\x1A' => Key.Suspend,
            _ => Key.Other,
        };

    /// <summary>A key without a character of its own.</summary>
    private static Key Named(ConsoleKeyInfo info) =>
        (info.Key, info.Modifiers.HasFlag(ConsoleModifiers.Control)) switch
        {
            (ConsoleKey.LeftArrow, false) => Key.Move(Motion.Left),
            (ConsoleKey.LeftArrow, true) => Key.Move(Motion.WordLeft),
            (ConsoleKey.RightArrow, false) => Key.Move(Motion.Right),
            (ConsoleKey.RightArrow, true) => Key.Move(Motion.WordRight),
            (ConsoleKey.Home, _) => Key.Move(Motion.Start),
            (ConsoleKey.End, _) => Key.Move(Motion.End),
            (ConsoleKey.UpArrow, _) => Key.Older,
            (ConsoleKey.DownArrow, _) => Key.Newer,
            (ConsoleKey.Delete, _) => Key.Erase(Motion.Right),
            (ConsoleKey.Backspace, _) => Key.Erase(Motion.Left),
            (ConsoleKey.Enter, _) => Key.Accept,
            _ => Key.Other,
        };

    private static Key WithAlt(ConsoleKeyInfo info) =>
        info.Key switch
        {
            ConsoleKey.B or ConsoleKey.LeftArrow => Key.Move(Motion.WordLeft),
            ConsoleKey.F or ConsoleKey.RightArrow => Key.Move(Motion.WordRight),
            ConsoleKey.D => Key.Kill(Motion.WordRight),
            ConsoleKey.Backspace => Key.Kill(Motion.WordLeft),
            _ => Key.Other,
        };
}
