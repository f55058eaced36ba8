using System.Globalization;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>What holds of the line editor whatever keys are pressed.</summary>
public class EditorLaws
{
    [Law]
    public void The_cursor_is_always_at_a_text_element_boundary(EditorActions presses)
    {
        var editor = Editor.Create(History.Empty);
        foreach (var key in presses.Actions)
        {
            editor = editor.Apply(key).Next;
            var places = StringInfo
                .ParseCombiningCharacters(editor.Line.Text)
                .Append(editor.Line.Text.Length);
            Assert.Contains(editor.Line.Cursor, places);
        }
    }

    [Law]
    public void Backspace_undoes_a_typed_character(EditorActions presses, LineText text)
    {
        var editor = WithoutSearch(presses.ToEditor());
        var before = editor.Line;
        var typed = new EditorActions([EditorAction.SelfInsert(text.ToString().EnumerateRunes().First())]);
        var after = typed.ApplyTo(editor).Line;
        if (
            Count(after.Text[..after.Cursor]) == Count(before.Text[..before.Cursor]) + 1
            && HasOneMoreElement(before, after)
        )
        {
            Assert.Equal(before, after.Delete(Motion.Left));
        }
    }

    [Law]
    public void Right_after_left_restores_the_cursor(EditorActions presses)
    {
        var line = presses.ToEditor().Line;
        Assert.Equal(line, line.Cursor == 0 ? line : line.Move(Motion.Left).Move(Motion.Right));
    }

    [Law]
    public void Moving_up_and_down_in_history_restores_the_draft_line(
        EditorActions past,
        EditorActions presses,
        byte steps
    )
    {
        var history = Editor.Create(past.ToEditor().History);
        var begun = new EditorActions([
            .. presses.Actions.Where(static key =>
                key != EditorAction.PreviousHistory
                && key != EditorAction.NextHistory
                && key != EditorAction.ReverseSearchHistory
            ),
        ]).ApplyTo(history);
        var count = Math.Min(steps, begun.History.Lines.Count);
        var up = Repeat(begun, EditorAction.PreviousHistory, count);
        Assert.Equal(count == 0 ? begun.Line.Text : begun.History.Lines[^count], up.Line.Text);
        Assert.Equal(begun.Line, Repeat(up, EditorAction.NextHistory, count).Line);
    }

    [Law]
    public void Yank_after_kill_restores_the_text(EditorActions presses, byte choice)
    {
        var editor = WithoutSearch(presses.ToEditor());
        var motion = Motion.All[choice % Motion.All.Count];
        var from = Math.Min(editor.Line.Cursor, motion.TargetOf(editor.Line.Text, editor.Line.Cursor));
        var killed = editor.Apply(EditorAction.Kill(motion)).Next;

        // What a kill brings together may be one character from then on.
        if (killed.Line.Cursor == from && killed != editor)
        {
            Assert.Equal(editor.Line.Text, killed.Apply(EditorAction.Yank).Next.Line.Text);
        }
    }

    [Law]
    public void Enter_accepts_the_line_and_clears_the_editor(EditorActions presses)
    {
        var editor = presses.ToEditor();
        var (next, effect) = editor.Apply(EditorAction.AcceptLine);
        Assert.Equal((LineBuffer.Empty, 0), (next.Line, next.HistoryOffset));
        Assert.Equal(EditorEffect.Accepted(editor.Line), effect);
    }

    [Law]
    public void An_action_without_effect_rings_the_bell(EditorActions presses, EditorActions more)
    {
        var editor = presses.ToEditor();
        foreach (var key in more.Actions)
        {
            var (next, effect) = editor.Apply(key);
            Assert.True(effect != EditorEffect.Bell || next == editor);
            Assert.True(effect != EditorEffect.None || next != editor);
            editor = next;
        }
    }

    [Law]
    public void The_shown_line_contains_the_search_query(EditorActions presses, EditorActions more)
    {
        var editor = presses.ApplyTo(presses.ToEditor());
        foreach (var key in more.Actions.Prepend(EditorAction.ReverseSearchHistory))
        {
            editor = editor.Apply(key).Next;
            Assert.All(
                editor.Search,
                search => Assert.Contains(search.Query, editor.Line.Text, StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    [Law]
    public void A_search_finds_every_matching_line_newest_first(EditorActions past, LineText text)
    {
        var editor = Editor.Create(past.ToEditor().History);
        var wanted = text.ToString().EnumerateRunes().First().ToString();
        var found = new List<string>();
        var effect = EditorEffect.None;
        (editor, _) = editor.Apply(EditorAction.ReverseSearchHistory);
        for (
            (editor, effect) = editor.Apply(EditorAction.SelfInsert(wanted.EnumerateRunes().First()));
            effect == EditorEffect.None;
            (editor, effect) = editor.Apply(EditorAction.ReverseSearchHistory)
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
    public void Aborting_a_search_restores_the_editor(EditorActions presses, LineText[] wanted)
    {
        var editor = WithoutSearch(presses.ToEditor());
        var typed = wanted
            .SelectMany(static text => text.ToString().EnumerateRunes())
            .Select(EditorAction.SelfInsert);
        Assert.Equal(
            editor,
            new EditorActions([
                EditorAction.ReverseSearchHistory,
                .. typed,
                EditorAction.ReverseSearchHistory,
                EditorAction.Abort,
            ]).ApplyTo(editor)
        );
    }

    [Law]
    public void Pasted_lines_are_accepted_one_by_one(LineText[] texts, bool isLf)
    {
        var pasted = texts.Select(static text => PrintableOnly(text.ToString())).ToArray();
        var accepted = new List<string>();
        var (editor, reading) = (Editor.Create(History.Empty), default(KeyDecoder));
        foreach (var info in KeyInput.Text(string.Concat(pasted.Select(line => line + (isLf ? '\n' : '\r')))))
        {
            (reading, var key) = reading.Decode(info);
            foreach (var pressed in key)
            {
                (editor, var effect) = editor.Apply(pressed);
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
            exit: static () => [],
            clearScreen: static () => [],
            suspend: static () => [],
            bell: static () => []
        );

    private static Editor WithoutSearch(Editor editor) =>
        editor.Search.IsSome ? editor.Apply(EditorAction.Abort).Next : editor;

    private static string PrintableOnly(string text) =>
        string.Concat(text.EnumerateRunes().Where(static rune => rune.Value >= ' ' && rune.Value != 0x7F));

    private static bool HasOneMoreElement(LineBuffer before, LineBuffer after) =>
        Count(after.Text) == Count(before.Text) + 1;

    private static int Count(string text) => new StringInfo(text).LengthInTextElements;

    private static Editor Repeat(Editor editor, EditorAction key, int count) =>
        new EditorActions([.. Enumerable.Repeat(key, count)]).ApplyTo(editor);
}
