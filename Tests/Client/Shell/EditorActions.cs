using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>A sequence of actions: mostly characters, among them combining and control characters.</summary>
public sealed record EditorActions
{
    private const int MinInserts = 6;

    private static readonly EditorAction[] Others =
    [
        .. Motion.All.SelectMany(static motion =>
            new EditorAction[]
            {
                new EditorAction.MoveCursor(motion),
                new EditorAction.Delete(motion),
                new EditorAction.Kill(motion),
            }
        ),
        new EditorAction.Yank(),
        new EditorAction.PreviousHistory(),
        new EditorAction.NextHistory(),
        new EditorAction.ReverseSearchHistory(),
        new EditorAction.Abort(),
        new EditorAction.Complete(),
        new EditorAction.Interrupt(),
        new EditorAction.DeleteOrEof(),
        new EditorAction.ClearScreen(),
        new EditorAction.Suspend(),
        new EditorAction.Undefined(),
    ];

    private readonly EditorAction[] actions;

    private EditorActions(EditorAction[] actions) => this.actions = actions;

    internal static Gen<EditorActions> Any =>
        from first in Inserts.ListOf(MinInserts)
        from others in Gen.Frequency((12, Inserts), (1, Accept), (6, Gen.Elements(Others))).ListOf()
        from last in Inserts
        select new EditorActions([.. first, .. others, last]);

    internal IReadOnlyList<EditorAction> Actions => actions;

    private static Gen<EditorAction> Accept => Gen.Constant<EditorAction>(new EditorAction.AcceptLine());

    private static Gen<EditorAction> Inserts =>
        Gen.OneOf(Texts.Visible, Gen.Elements("\u0301", "\u200D", "\uFE0F", " ", "🇩", "🇪", "\u009B", "\t"))
            .Select(static text => (EditorAction)new EditorAction.SelfInsert(text));

    internal static IEnumerable<EditorActions> Shrink(EditorActions any) =>
        Shrinking
            .Shorter(any.actions)
            .Where(static shorter => shorter.Length > 0)
            .Concat(Shrinking.Simpler(any.actions, Typing("a").First()))
            .Select(static smaller => new EditorActions(smaller));

    /// <summary>The actions that type a text.</summary>
    internal static IEnumerable<EditorAction> Typing(string text) =>
        text.EnumerateRunes().Select(static rune => new EditorAction.SelfInsert(rune.ToString()));

    /// <summary>The editor after the actions, with no search under way.</summary>
    internal Editor ToEditor()
    {
        var editor = Editor.Create(History.Empty).After(Actions);
        return editor.Search.IsSome ? editor.Apply(new EditorAction.Abort()).Next : editor;
    }

    public override string ToString() => string.Join(' ', Actions);
}
