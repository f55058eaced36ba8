using System.Text;

namespace TinyTcp.Cli.Interactive;

/// <summary>
/// What a key asks for: a closed union, in the editor's own terms, whatever the terminal calls its keys.
/// <c>default(Key)</c> is Other.
/// </summary>
internal readonly record struct Key
{
    private enum Case : byte
    {
        Other,
        Typed,
        Move,
        Erase,
        Kill,
        Yank,
        Older,
        Newer,
        Search,
        Abandon,
        Complete,
        Accept,
        Interrupt,
        DeleteOrLeave,
        Clear,
        Suspend,
        Gone,
    }

    private readonly Case @case;
    private readonly Rune rune;
    private readonly Motion? motion;

    private Key(Case @case, Rune rune = default, Motion? motion = null)
    {
        this.@case = @case;
        this.rune = rune;
        this.motion = motion;
    }

    /// <summary>Nothing that is known here.</summary>
    internal static Key Other => default;

    /// <summary>Puts back what was killed last.</summary>
    internal static Key Yank => new(Case.Yank);

    /// <summary>The line before, of those that were asked.</summary>
    internal static Key Older => new(Case.Older);

    /// <summary>The line after it.</summary>
    internal static Key Newer => new(Case.Newer);

    /// <summary>Searches the lines that were asked; in a search, further back.</summary>
    internal static Key Search => new(Case.Search);

    /// <summary>Ctrl-G: leaves a search for the line that was there before.</summary>
    internal static Key Abandon => new(Case.Abandon);

    /// <summary>Takes the hint.</summary>
    internal static Key Complete => new(Case.Complete);

    /// <summary>Asks the line.</summary>
    internal static Key Accept => new(Case.Accept);

    /// <summary>Ctrl-C.</summary>
    internal static Key Interrupt => new(Case.Interrupt);

    /// <summary>Ctrl-D: takes away what is under the cursor; on an empty line it leaves.</summary>
    internal static Key DeleteOrLeave => new(Case.DeleteOrLeave);

    /// <summary>Clears the screen.</summary>
    internal static Key Clear => new(Case.Clear);

    /// <summary>Ctrl-Z: stops the program, until its shell lets it go on.</summary>
    internal static Key Suspend => new(Case.Suspend);

    /// <summary>There are no more keys: the terminal is gone.</summary>
    internal static Key Gone => new(Case.Gone);

    /// <summary>A character that stands for itself.</summary>
    internal static Key Typed(Rune rune) => new(Case.Typed, rune);

    /// <summary>Moves the cursor.</summary>
    internal static Key Move(Motion motion) => new(Case.Move, motion: motion);

    /// <summary>Takes away what the cursor would pass.</summary>
    internal static Key Erase(Motion motion) => new(Case.Erase, motion: motion);

    /// <summary>The same, and keeps it for Yank.</summary>
    internal static Key Kill(Motion motion) => new(Case.Kill, motion: motion);

    /// <summary>One function for each case; exactly one is called.</summary>
    internal T Match<T>(
        Func<T> other,
        Func<Rune, T> typed,
        Func<Motion, T> move,
        Func<Motion, T> erase,
        Func<Motion, T> kill,
        Func<T> yank,
        Func<T> older,
        Func<T> newer,
        Func<T> search,
        Func<T> abandon,
        Func<T> complete,
        Func<T> accept,
        Func<T> interrupt,
        Func<T> deleteOrLeave,
        Func<T> clear,
        Func<T> suspend,
        Func<T> gone
    ) =>
        @case switch
        {
            Case.Typed => typed(rune),
            Case.Move => move(motion!),
            Case.Erase => erase(motion!),
            Case.Kill => kill(motion!),
            Case.Yank => yank(),
            Case.Older => older(),
            Case.Newer => newer(),
            Case.Search => search(),
            Case.Abandon => abandon(),
            Case.Complete => complete(),
            Case.Accept => accept(),
            Case.Interrupt => interrupt(),
            Case.DeleteOrLeave => deleteOrLeave(),
            Case.Clear => clear(),
            Case.Suspend => suspend(),
            Case.Gone => gone(),
            _ => other(),
        };

    /// <summary>For a failing test's report.</summary>
    public override string ToString() =>
        @case switch
        {
            Case.Typed => $"{rune}",
            Case.Move or Case.Erase or Case.Kill => $"<{@case} {motion}>",
            _ => $"<{@case}>",
        };
}
