using System.Text;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>
/// What a key asks for: a closed union, in the editor's own terms, whatever the terminal calls its keys.
/// <c>default(Key)</c> is Other.
/// </summary>
internal readonly record struct EditorAction
{
    private enum Case : byte
    {
        Undefined,
        SelfInsert,
        MoveCursor,
        Delete,
        Kill,
        Yank,
        PreviousHistory,
        NextHistory,
        ReverseSearchHistory,
        Abort,
        Complete,
        AcceptLine,
        Interrupt,
        DeleteOrEof,
        ClearScreen,
        Suspend,
        EndOfInput,
    }

    private readonly Case @case;
    private readonly Rune rune;
    private readonly Motion? motion;

    private EditorAction(Case @case, Rune rune = default, Motion? motion = null)
    {
        this.@case = @case;
        this.rune = rune;
        this.motion = motion;
    }

    /// <summary>Nothing that is known here.</summary>
    internal static EditorAction Undefined => default;

    /// <summary>Puts back what was killed last.</summary>
    internal static EditorAction Yank => new(Case.Yank);

    /// <summary>The line before, of those that were asked.</summary>
    internal static EditorAction PreviousHistory => new(Case.PreviousHistory);

    /// <summary>The line after it.</summary>
    internal static EditorAction NextHistory => new(Case.NextHistory);

    /// <summary>Searches the lines that were asked; in a search, further back.</summary>
    internal static EditorAction ReverseSearchHistory => new(Case.ReverseSearchHistory);

    /// <summary>Ctrl-G: leaves a search for the line that was there before.</summary>
    internal static EditorAction Abort => new(Case.Abort);

    /// <summary>Takes the hint.</summary>
    internal static EditorAction Complete => new(Case.Complete);

    /// <summary>Asks the line.</summary>
    internal static EditorAction AcceptLine => new(Case.AcceptLine);

    /// <summary>Ctrl-C.</summary>
    internal static EditorAction Interrupt => new(Case.Interrupt);

    /// <summary>Ctrl-D: takes away what is under the cursor; on an empty line it leaves.</summary>
    internal static EditorAction DeleteOrEof => new(Case.DeleteOrEof);

    /// <summary>Clears the screen.</summary>
    internal static EditorAction ClearScreen => new(Case.ClearScreen);

    /// <summary>Ctrl-Z: stops the program, until its shell lets it go on.</summary>
    internal static EditorAction Suspend => new(Case.Suspend);

    /// <summary>There are no more keys: the terminal is gone.</summary>
    internal static EditorAction EndOfInput => new(Case.EndOfInput);

    /// <summary>A character that stands for itself.</summary>
    internal static EditorAction SelfInsert(Rune rune) => new(Case.SelfInsert, rune);

    /// <summary>Moves the cursor.</summary>
    internal static EditorAction MoveCursor(Motion motion) => new(Case.MoveCursor, motion: motion);

    /// <summary>Takes away what the cursor would pass.</summary>
    internal static EditorAction Delete(Motion motion) => new(Case.Delete, motion: motion);

    /// <summary>The same, and keeps it for Yank.</summary>
    internal static EditorAction Kill(Motion motion) => new(Case.Kill, motion: motion);

    /// <summary>One function for each case; exactly one is called.</summary>
    internal T Match<T>(
        Func<T> undefined,
        Func<Rune, T> selfInsert,
        Func<Motion, T> moveCursor,
        Func<Motion, T> delete,
        Func<Motion, T> kill,
        Func<T> yank,
        Func<T> previousHistory,
        Func<T> nextHistory,
        Func<T> reverseSearchHistory,
        Func<T> abort,
        Func<T> complete,
        Func<T> acceptLine,
        Func<T> interrupt,
        Func<T> deleteOrEof,
        Func<T> clearScreen,
        Func<T> suspend,
        Func<T> endOfInput
    ) =>
        @case switch
        {
            Case.SelfInsert => selfInsert(rune),
            Case.MoveCursor => moveCursor(motion!),
            Case.Delete => delete(motion!),
            Case.Kill => kill(motion!),
            Case.Yank => yank(),
            Case.PreviousHistory => previousHistory(),
            Case.NextHistory => nextHistory(),
            Case.ReverseSearchHistory => reverseSearchHistory(),
            Case.Abort => abort(),
            Case.Complete => complete(),
            Case.AcceptLine => acceptLine(),
            Case.Interrupt => interrupt(),
            Case.DeleteOrEof => deleteOrEof(),
            Case.ClearScreen => clearScreen(),
            Case.Suspend => suspend(),
            Case.EndOfInput => endOfInput(),
            _ => undefined(),
        };

    /// <summary>For a failing test's report.</summary>
    public override string ToString() =>
        @case switch
        {
            Case.SelfInsert => $"{rune}",
            Case.MoveCursor or Case.Delete or Case.Kill => $"<{@case} {motion}>",
            _ => $"<{@case}>",
        };
}
