using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>Any keys that somebody may press, one after the other.</summary>
public sealed record EditorActions
{
    internal EditorActions(EditorAction[] keys) => Actions = keys;

    internal IReadOnlyList<EditorAction> Actions { get; }

    /// <summary>Generates them: mostly characters, hard ones among them, and every other key.</summary>
    internal static Gen<EditorActions> Any =>
        AnyAction.ArrayOf().Select(static keys => new EditorActions(keys));

    /// <summary>The editor after them, with what it was told to do.</summary>
    internal Editor ApplyTo(Editor editor) =>
        Actions.Aggregate(editor, static (editor, key) => editor.Apply(key).Next);

    /// <summary>The editor after them, from nothing.</summary>
    internal Editor ToEditor() => ApplyTo(TinyTcp.Cli.Shell.Editing.Editor.Create(History.Empty));

    internal static IEnumerable<EditorActions> Shrink(EditorActions actions) =>
        Shrinking.Shorter(actions.Actions.ToArray()).Select(static keys => new EditorActions(keys));

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Actions);

    private static Gen<EditorAction> AnyAction =>
        Gen.Frequency(
            (12, SelfInserts),
            (2, Gen.Constant(EditorAction.AcceptLine)),
            (6, Gen.Elements(OtherActions))
        );

    private static Gen<EditorAction> SelfInserts =>
        Gen.OneOf(Texts.Visible, Gen.Elements("\u0301", "\u200D", "\uFE0F", " ", "🇩", "🇪", "\u009B", "\t"))
            .Select(static text => EditorAction.SelfInsert(text.EnumerateRunes().First()));

    private static EditorAction[] OtherActions =>
        [
            .. Motion.All.SelectMany(static motion =>
                new[]
                {
                    EditorAction.MoveCursor(motion),
                    EditorAction.Delete(motion),
                    EditorAction.Kill(motion),
                }
            ),
            EditorAction.Undefined,
            EditorAction.Yank,
            EditorAction.PreviousHistory,
            EditorAction.NextHistory,
            EditorAction.ReverseSearchHistory,
            EditorAction.Abort,
            EditorAction.Complete,
            EditorAction.Interrupt,
            EditorAction.DeleteOrEof,
            EditorAction.ClearScreen,
            EditorAction.Suspend,
        ];
}
