namespace TinyTcp.Cli.Shell.Editing;

/// <summary>What a key does in the line editor. The names are readline's.</summary>
internal abstract record EditorAction
{
    private EditorAction() { }

    /// <summary>Inserts what was typed or pasted.</summary>
    internal sealed record SelfInsert(string Text) : EditorAction;

    internal sealed record MoveCursor(Motion Motion) : EditorAction;

    internal sealed record Delete(Motion Motion) : EditorAction;

    /// <summary>Deletes, and keeps the text for <see cref="Yank"/>.</summary>
    internal sealed record Kill(Motion Motion) : EditorAction;

    /// <summary>Inserts the text that was killed last.</summary>
    internal sealed record Yank : EditorAction;

    internal sealed record PreviousHistory : EditorAction;

    internal sealed record NextHistory : EditorAction;

    /// <summary>Starts a search; in a search, finds the next older match.</summary>
    internal sealed record ReverseSearchHistory : EditorAction;

    /// <summary>Ends a search and restores the line from before it.</summary>
    internal sealed record Abort : EditorAction;

    /// <summary>Accepts the suggestion; lists the commands on an empty line.</summary>
    internal sealed record Complete : EditorAction;

    internal sealed record AcceptLine : EditorAction;

    /// <summary>Ctrl-C.</summary>
    internal sealed record Interrupt : EditorAction;

    /// <summary>Ctrl-D: deletes the character under the cursor; exits on an empty line.</summary>
    internal sealed record DeleteOrEof : EditorAction;

    internal sealed record ClearScreen : EditorAction;

    /// <summary>Ctrl-Z.</summary>
    internal sealed record Suspend : EditorAction;

    /// <summary>The terminal was closed.</summary>
    internal sealed record EndOfInput : EditorAction;

    /// <summary>A key without a binding: Escape, or a control character.</summary>
    internal sealed record Undefined : EditorAction;
}
