using System.Globalization;
using TinyTcp.Cli.Interactive;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Interactive;

/// <summary>What holds of the line editor whatever keys are pressed.</summary>
public class EditorLaws
{
    [Law]
    public void The_cursor_always_stands_between_two_characters(KeyPresses presses)
    {
        var editor = Editor.With(History.Empty);
        foreach (var key in presses.Keys)
        {
            editor = editor.Step(key).Next;
            var places = StringInfo
                .ParseCombiningCharacters(editor.Line.Text)
                .Append(editor.Line.Text.Length);
            Assert.Contains(editor.Line.Cursor, places);
        }
    }

    [Law]
    public void Backspace_takes_away_a_character_that_was_typed(KeyPresses presses, LineText text)
    {
        var editor = Unsearched(presses.Editor());
        var before = editor.Line;
        var typed = new KeyPresses([Key.Typed(text.ToString().EnumerateRunes().First())]);
        var after = typed.On(editor).Line;
        if (
            Count(after.Text[..after.Cursor]) == Count(before.Text[..before.Cursor]) + 1
            && IsOneMore(before, after)
        )
        {
            Assert.Equal(before, after.Erase(Motion.Left));
        }
    }

    [Law]
    public void Left_and_then_right_is_where_one_was(KeyPresses presses)
    {
        var line = presses.Editor().Line;
        Assert.Equal(line, line.Cursor == 0 ? line : line.Move(Motion.Left).Move(Motion.Right));
    }

    [Law]
    public void To_walk_history_up_and_down_again_comes_back_to_the_line_begun(
        KeyPresses past,
        KeyPresses presses,
        byte steps
    )
    {
        var history = Editor.With(past.Editor().History);
        var begun = new KeyPresses([
            .. presses.Keys.Where(static key => key != Key.Older && key != Key.Newer && key != Key.Search),
        ]).On(history);
        var count = Math.Min(steps, begun.History.Lines.Count);
        var up = Times(begun, Key.Older, count);
        Assert.Equal(count == 0 ? begun.Line.Text : begun.History.Lines[^count], up.Line.Text);
        Assert.Equal(begun.Line, Times(up, Key.Newer, count).Line);
    }

    [Law]
    public void Killed_and_put_back_is_as_it_was(KeyPresses presses, byte choice)
    {
        var editor = Unsearched(presses.Editor());
        var motion = Motion.All[choice % Motion.All.Count];
        var from = Math.Min(editor.Line.Cursor, motion.From(editor.Line.Text, editor.Line.Cursor));
        var killed = editor.Step(Key.Kill(motion)).Next;

        // What a kill brings together may be one character from then on.
        if (killed.Line.Cursor == from && killed != editor)
        {
            Assert.Equal(editor.Line.Text, killed.Step(Key.Yank).Next.Line.Text);
        }
    }

    [Law]
    public void Enter_gives_the_line_and_an_empty_one(KeyPresses presses)
    {
        var editor = presses.Editor();
        var (next, effect) = editor.Step(Key.Accept);
        Assert.Equal((Line.Empty, 0), (next.Line, next.Back));
        Assert.Equal(EditorEffect.Accepted(editor.Line), effect);
    }

    [Law]
    public void A_key_that_changes_nothing_rings_or_does_something_else(KeyPresses presses, KeyPresses more)
    {
        var editor = presses.Editor();
        foreach (var key in more.Keys)
        {
            var (next, effect) = editor.Step(key);
            Assert.True(effect != EditorEffect.Bell || next == editor);
            Assert.True(effect != EditorEffect.None || next != editor);
            editor = next;
        }
    }

    [Law]
    public void What_is_searched_stands_in_the_line_that_is_shown(KeyPresses presses, KeyPresses more)
    {
        var editor = presses.On(presses.Editor());
        foreach (var key in more.Keys.Prepend(Key.Search))
        {
            editor = editor.Step(key).Next;
            Assert.All(
                editor.Search,
                search => Assert.Contains(search.Wanted, editor.Line.Text, StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    [Law]
    public void A_search_finds_each_line_that_holds_it_the_latest_first(KeyPresses past, LineText text)
    {
        var editor = Editor.With(past.Editor().History);
        var wanted = text.ToString().EnumerateRunes().First().ToString();
        var found = new List<string>();
        var effect = EditorEffect.None;
        (editor, _) = editor.Step(Key.Search);
        for (
            (editor, effect) = editor.Step(Key.Typed(wanted.EnumerateRunes().First()));
            effect == EditorEffect.None;
            (editor, effect) = editor.Step(Key.Search)
        )
        {
            found.Add(editor.Line.Text);
        }

        Assert.Equal(
            editor
                .History.Lines.Reverse()
                .Where(line => line.Contains(wanted, StringComparison.OrdinalIgnoreCase)),
            found
        );
    }

    [Law]
    public void A_search_that_is_abandoned_leaves_all_as_it_was(KeyPresses presses, LineText[] wanted)
    {
        var editor = Unsearched(presses.Editor());
        var typed = wanted.SelectMany(static text => text.ToString().EnumerateRunes()).Select(Key.Typed);
        Assert.Equal(editor, new KeyPresses([Key.Search, .. typed, Key.Search, Key.Abandon]).On(editor));
    }

    [Law]
    public void Pasted_lines_are_the_lines_that_come_out(LineText[] texts, bool isLf)
    {
        var pasted = texts.Select(static text => Printable(text.ToString())).ToArray();
        var accepted = new List<string>();
        var (editor, reading) = (Editor.With(History.Empty), default(KeyReading));
        foreach (var info in Pressed.Text(string.Concat(pasted.Select(line => line + (isLf ? '\n' : '\r')))))
        {
            (reading, var key) = reading.Read(info);
            foreach (var pressed in key)
            {
                (editor, var effect) = editor.Step(pressed);
                accepted.AddRange(AcceptedBy(effect));
            }
        }

        Assert.Equal(pasted, accepted);
    }

    internal static IEnumerable<string> AcceptedBy(EditorEffect effect) =>
        effect.Match(
            none: static () => [],
            accepted: static line => new[] { line.Text },
            interrupted: static _ => [],
            leave: static () => [],
            clear: static () => [],
            suspend: static () => [],
            bell: static () => []
        );

    private static Editor Unsearched(Editor editor) =>
        editor.Search.IsSome ? editor.Step(Key.Abandon).Next : editor;

    private static string Printable(string text) =>
        string.Concat(text.EnumerateRunes().Where(static rune => rune.Value >= ' ' && rune.Value != 0x7F));

    private static bool IsOneMore(Line before, Line after) => Count(after.Text) == Count(before.Text) + 1;

    private static int Count(string text) => new StringInfo(text).LengthInTextElements;

    private static Editor Times(Editor editor, Key key, int count) =>
        new KeyPresses([.. Enumerable.Repeat(key, count)]).On(editor);
}
