using System.Globalization;
using TinyTcp.Cli.Shell;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Client.Terminals;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>
/// Text that comes in parts, as long pasted lines do. Allocated bytes stand for the work: a line that is copied for each of its
/// parts allocates four times as much for twice the length.
/// </summary>
public class PasteTests
{
    private const int PartLength = 1_000;
    private const int Length = 200_000;

    [Law]
    public void A_sequence_leaves_exactly_the_text_around_it_wherever_it_is_cut(
        TypedInput input,
        Segmentation segmentation
    )
    {
        var (decoder, typed) = (new KeyDecoder(), "");
        foreach (var part in segmentation.Segments(input.Bytes).Where(static part => !part.IsEmpty))
        {
            (decoder, var actions) = decoder.Decode(part.Span);
            typed += string.Concat(
                actions.OfType<EditorAction.SelfInsert>().Select(static insert => insert.Text)
            );
        }

        Assert.Equal(input.Text, typed);
    }

    [Law]
    public void A_line_that_is_inserted_in_parts_is_the_text_with_these_parts(
        LineEdit edit,
        LineEdit[] parts,
        TerminalWidth length
    )
    {
        var line = edit.ToLine();
        var (text, cursor) = (line.Text, line.Cursor);
        foreach (var part in parts)
        {
            line = line.Insert(part.Text);
            text = text.Insert(cursor, part.Text);
            cursor = StringInfo
                .ParseCombiningCharacters(text)
                .Append(text.Length)
                .First(boundary => boundary >= cursor + part.Text.Length);
        }

        var (before, after) = (text[..cursor], text[cursor..]);
        Assert.Equal(
            before[^Math.Min(length.Columns, before.Length)..],
            line.TakeBeforeCursor(length.Columns)
        );
        Assert.Equal(after[..Math.Min(length.Columns, after.Length)], line.TakeAfterCursor(length.Columns));
        Assert.Equal((text.Length, cursor, text), (line.Length, line.Cursor, line.Text));
    }

    [Theory]
    [InlineData("x", "")]
    [InlineData("世", "")]
    [InlineData("e\u0301", "")]
    [InlineData("\t", "")]
    [InlineData("x", "世\u001b[D")]
    [InlineData("世", "世\u001b[D")]
    [InlineData("x", "\u0012")]
    [InlineData("\u001b]", "")]
    public void Pasting_twice_as_much_is_at_most_a_little_more_than_twice_the_work(
        string pasted,
        string before
    )
    {
        Paste(pasted, before, Length);
        var once = Paste(pasted, before, Length);
        var twice = Paste(pasted, before, 2 * Length);
        Assert.InRange(twice / (double)once, 1.5, 2.6);
    }

    /// <summary>Pastes a text after an ECHO and the given keys, drawing after each part.</summary>
    /// <returns>The allocated bytes.</returns>
    private static long Paste(string pasted, string before, int length)
    {
        var history = History.From(
            Enumerable.Range(0, History.MaxLines).Select(static number => $"ECHO {number}")
        );
        var (decoder, editor) = (new KeyDecoder(), Editor.Create(history));
        var renderer = new PromptRenderer(
            "127.0.0.1:40000",
            Terminal.DefaultWidth,
            Terminal.DefaultHeight,
            new Theme(HasColors: true)
        );
        var part = WireBytes.Utf8(string.Concat(Enumerable.Repeat(pasted, PartLength / pasted.Length)));
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Type(WireBytes.Utf8($"ECHO {before}"));
        for (var count = 0; count < length / PartLength; count++)
        {
            Type(part);
            renderer.Render(editor.Line);
        }

        Type("\r"u8.ToArray());
        return GC.GetAllocatedBytesForCurrentThread() - allocated;

        void Type(byte[] bytes)
        {
            (decoder, var actions) = decoder.Decode(bytes);
            foreach (var action in actions)
            {
                (editor, var effect) = editor.Apply(action);
                Assert.True(effect is not EditorEffect.Accepted accepted || accepted.Line.Text.Length > 0);
            }
        }
    }
}
