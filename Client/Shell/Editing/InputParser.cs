using System.Buffers;
using System.Text.Unicode;
using LanguageExt;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>
/// Splits what a terminal sends into text, control characters and escape sequences (ECMA-48), wherever it is cut into parts. A
/// sequence is taken whole, known or not: nothing of it becomes text.
/// </summary>
internal sealed record InputParser
{
    private const byte Bell = 0x07;
    private const byte EscapeByte = 0x1B;
    private const byte Delete = 0x7F;
    private const byte MinContinuation = 0x80;

    // X10's report of the mouse has three bytes after its final one.
    private const int MouseBytes = 3;

    // Longer parameters belong to no key.
    private const int MaxParameters = 16;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(static code => (byte)code),
        Delete,
    ]);

    // The format effectors, which include the line ends, may stand in a string.
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create([
        .. Enumerable
            .Range(0, '\b')
            .Concat(Enumerable.Range('\r' + 1, ' ' - '\r' - 1))
            .Select(static code => (byte)code),
    ]);

    private enum State
    {
        /// <summary>Outside of a sequence.</summary>
        Ground,

        /// <summary>After an escape.</summary>
        Escape,

        /// <summary>In a control sequence (CSI) or a single shift (SS3).</summary>
        Sequence,

        /// <summary>In a string that BEL or ESC \ ends: OSC, DCS, APC, PM or SOS.</summary>
        ControlString,

        /// <summary>After an escape in a string.</summary>
        EscapeInString,

        /// <summary>In bytes of a known number: the position of the mouse, or the rest of a character.</summary>
        Skip,
    }

    internal static InputParser Start { get; } = new();

    private static InputParser AfterEscape { get; } = new() { Current = State.Escape };

    private State Current { get; init; }

    /// <summary>The character after the escape.</summary>
    private char Introducer { get; init; }

    private string Parameters { get; init; } = "";

    /// <summary>Whether a second escape precedes the sequence.</summary>
    private bool IsAlt { get; init; }

    /// <summary>Whether a string has any bytes yet.</summary>
    private bool HasContent { get; init; }

    private int BytesToSkip { get; init; }

    /// <summary>A byte below it ends the skipping: the sequence is damaged.</summary>
    private byte MinSkipped { get; init; }

    /// <summary>Reads the next part of a terminal's input.</summary>
    /// <param name="bytes">The input; not empty.</param>
    /// <returns>The parser for the rest, what was read, and its length; 0 if more bytes must complete a character first.</returns>
    internal (InputParser Next, Option<TerminalInput> Input, int Length) Read(ReadOnlySpan<byte> bytes) =>
        Current switch
        {
            State.Ground => ReadGround(bytes),
            State.Escape => ReadAfterEscape(bytes[0]),
            State.Sequence => ReadSequence(bytes),
            State.ControlString => ReadString(bytes),
            State.EscapeInString when bytes[0] == '\\' => (Start, default, 1),
            State.EscapeInString => AfterEscape.Read(bytes),
            State.Skip when bytes[0] < MinSkipped => Start.Read(bytes),
            State.Skip => (Skip(BytesToSkip - 1, MinSkipped), default, 1),
        };

    /// <summary>
    /// Nothing followed for a while: a sequence that has only begun was a key, and a string ends, because its start may have been
    /// a key, too.
    /// </summary>
    internal (InputParser Next, Option<TerminalInput> Input) ReadPause() =>
        this switch
        {
            { Current: State.Escape } => (Start, new TerminalInput.EscapeKey()),
            { Current: State.Sequence, Parameters: "" }
            or { Current: State.ControlString, HasContent: false } => (
                Start,
                new TerminalInput.Alt(Introducer)
            ),
            { Current: State.ControlString or State.EscapeInString } => (Start, default),
            _ => (this, default),
        };

    private static InputParser Skip(int count, byte minSkipped) =>
        count == 0
            ? Start
            : new()
            {
                Current = State.Skip,
                BytesToSkip = count,
                MinSkipped = minSkipped,
            };

    private (InputParser, Option<TerminalInput>, int) ReadGround(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == EscapeByte)
        {
            return (AfterEscape, default, 1);
        }

        return Controls.Contains(bytes[0])
            ? (this, new TerminalInput.Control((char)bytes[0]), 1)
            : ReadText(bytes);
    }

    /// <summary>Reads text up to a control character, or to the last character that is complete.</summary>
    private (InputParser, Option<TerminalInput>, int) ReadText(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny(Controls);
        var text = end < 0 ? bytes : bytes[..end];
        var characters = new char[text.Length];
        Utf8.ToUtf16(
            text,
            characters,
            out var length,
            out var count,
            replaceInvalidSequences: true,
            isFinalBlock: end >= 0
        );
        return length == 0
            ? (this, default, 0)
            : (this, new TerminalInput.Text(new(characters, 0, count)), length);
    }

    private (InputParser, Option<TerminalInput>, int) ReadAfterEscape(byte first) =>
        first switch
        {
            EscapeByte => (this with { IsAlt = true }, default, 1),
            (byte)'[' or (byte)'O' => (
                this with
                {
                    Current = State.Sequence,
                    Introducer = (char)first,
                },
                default,
                1
            ),
            (byte)']' or (byte)'P' or (byte)'_' or (byte)'^' or (byte)'X' => (
                this with
                {
                    Current = State.ControlString,
                    Introducer = (char)first,
                },
                default,
                1
            ),
            >= MinContinuation => (Skip(ContinuationLength(first), MinContinuation), default, 1),
            _ => (Start, new TerminalInput.Alt((char)first), 1),
        };

    private (InputParser, Option<TerminalInput>, int) ReadSequence(ReadOnlySpan<byte> bytes)
    {
        var next = (char)bytes[0];
        if (IsParameter(next))
        {
            return (
                Parameters.Length < MaxParameters ? this with { Parameters = Parameters + next } : this,
                default,
                1
            );
        }

        return (Introducer, Parameters, next) switch
        {
            (_, _, (char)EscapeByte) => (AfterEscape, default, 1),
            (_, _, < ' ' or >= (char)Delete) => Start.Read(bytes),
            // Linux's console sends F1 to F5 as ESC [ [ and a letter.
            ('[', "", '[') => (Skip(1, (byte)' '), default, 1),
            ('[', "", 'M') => (Skip(MouseBytes, (byte)' '), default, 1),
            _ => (Start, new TerminalInput.Sequence(Introducer, Parameters, next, IsAlt), 1),
        };
    }

    private (InputParser, Option<TerminalInput>, int) ReadString(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny(StringEnds);
        return end < 0
            ? (HasContent ? this : this with { HasContent = true }, default, bytes.Length)
            : bytes[end] switch
            {
                Bell => (Start, default, end + 1),
                EscapeByte => (this with { Current = State.EscapeInString }, default, end + 1),
                // The key belongs to the user, who may have typed the start of the string.
                _ when end > 0 => (Start, default, end),
                _ => Start.Read(bytes),
            };
    }

    /// <summary>Whether a character is no final one: in a single shift, Konsole and old xterms put digits before it.</summary>
    private bool IsParameter(char next) =>
        Introducer == '[' ? next is >= ' ' and <= '?' : next is (>= '0' and <= '9') or ';';

    /// <summary>How many bytes follow the first of a character in UTF-8.</summary>
    private static int ContinuationLength(byte first) =>
        first switch
        {
            >= 0xF0 => 3,
            >= 0xE0 => 2,
            >= 0xC0 => 1,
            _ => 0,
        };
}
