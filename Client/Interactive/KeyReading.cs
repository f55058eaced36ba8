using System.Text;
using LanguageExt;

namespace TinyTcp.Cli.Interactive;

/// <summary>
/// From what a terminal reports to what a key asks for, one report after the other: a character beyond the first 65,536
/// comes in two, and Ctrl-V makes the next one stand for itself.
/// </summary>
/// <param name="High">The first half of a character that comes in two.</param>
/// <param name="IsLiteral">Whether the next one stands for itself.</param>
internal readonly record struct KeyReading(char High, bool IsLiteral)
{
    private const char Literal = '\x16';

    /// <summary>Reads one report.</summary>
    /// <returns>How to read the next one, and the key, if one is complete.</returns>
    internal (KeyReading Next, Option<Key> Key) Read(ConsoleKeyInfo info)
    {
        var typed = info.KeyChar;
        if (char.IsHighSurrogate(typed))
        {
            return (new(typed, IsLiteral), Option<Key>.None);
        }

        if (char.IsLowSurrogate(typed))
        {
            return (default, Rune.TryCreate(High, typed, out var rune) ? Key.Typed(rune) : Option<Key>.None);
        }

        // A line cannot hold its own end.
        return IsLiteral && typed is not ('\0' or '\n') ? (default, Key.Typed(new Rune(typed)))
            : typed == Literal ? (new(default, IsLiteral: true), Option<Key>.None)
            : (default, Plain(info));
    }

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
            '\b' or '\x7F' => info.Key == ConsoleKey.Delete
                ? Key.Erase(Motion.Right)
                : Key.Erase(Motion.Left),
            '\t' => Key.Complete,
            '\n' or '\r' => Key.Accept,
            '\v' => Key.Kill(Motion.End),
            '\f' => Key.Clear,
            '\x0E' => Key.Newer,
            '\x10' => Key.Older,
            '\x15' => Key.Kill(Motion.Start),
            '\x17' => Key.Kill(Motion.WordLeft),
            '\x19' => Key.Yank,
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
            (default(ConsoleKey), _) when info == default => Key.Gone,
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
