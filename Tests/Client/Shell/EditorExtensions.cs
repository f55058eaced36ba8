using TinyTcp.Cli.Shell.Editing;

namespace TinyTcp.Tests.Client.Shell;

internal static class EditorExtensions
{
    internal static Editor After(this Editor editor, params IEnumerable<EditorAction> actions) =>
        actions.Aggregate(editor, static (current, action) => current.Apply(action).Next);

    internal static Editor AfterRepeated(this Editor editor, EditorAction action, int count) =>
        editor.After(Enumerable.Repeat(action, count));
}
