using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using LanguageExt;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>
/// Decodes what a terminal sends to actions. The key after Ctrl-V and pasted text are inserted literally, except line ends and,
/// in pasted text, escape sequences.
/// </summary>
internal sealed record KeyDecoder
{
    private const char QuotedInsert = '\x16';
    private const char Interrupt = '\x03';
    private const string PasteStart = "200";
    private const string PasteEnd = "201";

    private InputParser Parser { get; init; } = InputParser.Start;

    /// <summary>The bytes of an incomplete character.</summary>
    private ImmutableArray<byte> Incomplete { get; init; } = [];

    /// <summary>Whether Ctrl-V was the last key.</summary>
    private bool IsQuotedInsert { get; init; }

    /// <summary>Whether Escape was the last key.</summary>
    private bool IsAfterEscape { get; init; }

    private bool IsPasting { get; init; }

    /// <summary>Whether a pause was the last part of the input.</summary>
    private bool IsPaused { get; init; }

    /// <summary>Decodes a part of the input; an empty one is a pause.</summary>
    /// <returns>The decoder for the next part, and the actions that are complete.</returns>
    internal (KeyDecoder Next, ImmutableArray<EditorAction> Actions) Decode(ReadOnlySpan<byte> part) =>
        part.IsEmpty ? DecodePause() : AfterPause(part[0]).DecodeBytes([.. Incomplete, .. part]);

    /// <summary>Ends a paste without an end mark, if a key follows a pause and the key is Ctrl-C.</summary>
    private KeyDecoder AfterPause(byte first) =>
        this with
        {
            IsPasting = IsPasting && !(IsPaused && first == Interrupt),
            IsPaused = false,
        };

    private (KeyDecoder, ImmutableArray<EditorAction>) DecodePause()
    {
        var (parser, input) = Parser.ReadPause();
        var (next, action) = input.Match(
            Some: (this with { Parser = parser }).Apply,
            None: () => (this with { Parser = parser }, Option<EditorAction>.None)
        );
        return (next with { IsPaused = true }, [.. action]);
    }

    private (KeyDecoder, ImmutableArray<EditorAction>) DecodeBytes(ReadOnlySpan<byte> bytes)
    {
        var actions = ImmutableArray.CreateBuilder<EditorAction>();
        var decoder = this with { Incomplete = [] };
        while (!bytes.IsEmpty)
        {
            var (parser, input, length) = decoder.IsQuotedInsert
                ? ReadLiteral(bytes)
                // The key after Escape is one byte, whatever follows.
                : decoder.Parser.Read(decoder.IsAfterEscape && bytes[0] <= '~' ? bytes[..1] : bytes);
            if (length == 0)
            {
                return (decoder with { Incomplete = [.. bytes] }, actions.DrainToImmutable());
            }

            (decoder, var action) = input.Match(
                Some: (decoder with { Parser = parser }).Apply,
                None: () => (decoder with { Parser = parser }, Option<EditorAction>.None)
            );
            actions.AddRange(action);
            bytes = bytes[length..];
        }

        return (decoder, actions.DrainToImmutable());
    }

    /// <summary>Reads one character of any kind.</summary>
    private static (InputParser, Option<TerminalInput>, int) ReadLiteral(ReadOnlySpan<byte> bytes)
    {
        var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
        return status == OperationStatus.NeedMoreData
            ? (InputParser.Start, default, 0)
            : (InputParser.Start, new TerminalInput.Text(rune.ToString()), length);
    }

    private (KeyDecoder Next, Option<EditorAction> Action) Apply(TerminalInput input) =>
        (this with { IsAfterEscape = false }).ApplyKey(IsAfterEscape ? WithAlt(input) : input);

    /// <summary>Escape and then a key is Alt and the key, if that has an action: not every keyboard has an Alt.</summary>
    private static TerminalInput WithAlt(TerminalInput input) =>
        input switch
        {
            TerminalInput.Text { Characters: [var key] } when KeyBindings.HasAlt(key) =>
                new TerminalInput.Alt(key),
            TerminalInput.Control { Character: var key } when KeyBindings.HasAlt(key) =>
                new TerminalInput.Alt(key),
            _ => input,
        };

    private (KeyDecoder Next, Option<EditorAction> Action) ApplyKey(TerminalInput input) =>
        input switch
        {
            TerminalInput.Text { Characters: "\n" } => (
                this with
                {
                    IsQuotedInsert = false,
                },
                new EditorAction.AcceptLine()
            ),
            TerminalInput.Text text => (
                this with
                {
                    IsQuotedInsert = false,
                },
                new EditorAction.SelfInsert(text.Characters)
            ),
            TerminalInput.Control { Character: not ('\r' or '\n') } pasted when IsPasting => (
                this,
                new EditorAction.SelfInsert(pasted.Character.ToString())
            ),
            TerminalInput.Control { Character: QuotedInsert } => (
                this with
                {
                    IsQuotedInsert = true,
                },
                default
            ),
            TerminalInput.Control control => (this, KeyBindings.OfControl(control.Character)),
            TerminalInput.Sequence { Introducer: '[', Parameters: PasteStart or PasteEnd, Final: '~' } mark =>
                (this with { IsPasting = mark.Parameters == PasteStart }, default),
            _ when IsPasting => (this, default),
            TerminalInput.EscapeKey => (this with { IsAfterEscape = true }, new EditorAction.Undefined()),
            TerminalInput.Alt alt => (this, KeyBindings.OfAlt(alt.Character)),
            TerminalInput.Sequence sequence => (this, KeyBindings.Of(sequence)),
            _ => (this, default),
        };
}
