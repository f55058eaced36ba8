using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>
/// A line with a cursor in it, and a motion that moves the cursor. All terminals agree on the widths of its text elements.
/// </summary>
public sealed record LineEdit
{
    private static readonly string[] Elements =
    [
        "a",
        "b",
        "x",
        "Z",
        "0",
        "-",
        " ",
        " ",
        "é",
        "e\u0301",
        "漢",
        "😀",
        "\U0001F44D",
    ];

    private readonly string[] elements;
    private readonly int cursor;

    private LineEdit(string[] elements, int cursor, Motion motion) =>
        (this.elements, this.cursor, Motion) = (elements, cursor, motion);

    internal static Gen<LineEdit> Any =>
        from elements in Gen.Elements(Elements).NonEmptyListOf()
        from cursor in Gen.Choose(0, elements.Count)
        from motion in Gen.Elements(MotionsAt(cursor, elements.Count))
        select new LineEdit([.. elements], cursor, motion);

    internal Motion Motion { get; }

    internal string Text => string.Concat(elements);

    internal string TextBeforeCursor => string.Concat(elements.Take(cursor));

    internal string ElementBeforeCursor => cursor == 0 ? "" : elements[cursor - 1];

    internal static IEnumerable<LineEdit> Shrink(LineEdit edit) =>
        Shrinking
            .Shorter(edit.elements)
            .Where(static shorter => shorter.Length > 0)
            .Concat(Shrinking.Simpler(edit.elements, "a"))
            .Select(smaller => (smaller, cursor: Math.Min(edit.cursor, smaller.Length), edit.Motion))
            .Where(static smaller =>
                MotionsAt(smaller.cursor, smaller.smaller.Length).Contains(smaller.Motion)
            )
            .Select(static smaller => new LineEdit(smaller.smaller, smaller.cursor, smaller.Motion));

    /// <summary>An editor with the line and the cursor, after as many actions as it takes.</summary>
    internal Editor ToEditor() =>
        Editor
            .Create(History.Empty)
            .After(EditorActions.Typing(Text))
            .AfterRepeated(new EditorAction.MoveCursor(Motion.Left), elements.Length - cursor);

    internal LineBuffer ToLine() => ToEditor().Line;

    public override string ToString() => $"'{TextBeforeCursor}|{Text[TextBeforeCursor.Length..]}' {Motion}";

    private static Motion[] MotionsAt(int cursor, int count) =>
        [
            .. cursor > 0 ? new[] { Motion.Left, Motion.WordLeft, Motion.Start } : [],
            .. cursor < count ? new[] { Motion.Right, Motion.WordRight, Motion.End } : [],
        ];
}
