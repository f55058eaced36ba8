namespace TinyTcp.Cli.Shell.Editing;

/// <summary>What an action does outside the editor.</summary>
internal abstract record EditorEffect
{
    private EditorEffect() { }

    internal sealed record None : EditorEffect;

    /// <summary>The action changed nothing.</summary>
    internal sealed record Bell : EditorEffect;

    internal sealed record Accepted(LineBuffer Line) : EditorEffect;

    internal sealed record Interrupted(LineBuffer Line) : EditorEffect;

    internal sealed record Exit : EditorEffect;

    internal sealed record ListCommands : EditorEffect;

    internal sealed record ClearScreen : EditorEffect;

    internal sealed record Suspend : EditorEffect;
}
