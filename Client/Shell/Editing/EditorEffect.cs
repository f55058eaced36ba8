namespace TinyTcp.Cli.Shell.Editing;

/// <summary>What a key does beyond the line: a closed union. <c>default(EditorEffect)</c> is None.</summary>
internal readonly record struct EditorEffect
{
    private enum Case : byte
    {
        None,
        Accepted,
        Interrupted,
        Exit,
        ClearScreen,
        Suspend,
        Bell,
    }

    private readonly Case @case;
    private readonly LineBuffer? line;

    private EditorEffect(Case @case, LineBuffer? line = null)
    {
        this.@case = @case;
        this.line = line;
    }

    /// <summary>Nothing.</summary>
    internal static EditorEffect None => default;

    /// <summary>No more is wanted.</summary>
    internal static EditorEffect Exit => new(Case.Exit);

    /// <summary>The screen is to be cleared.</summary>
    internal static EditorEffect ClearScreen => new(Case.ClearScreen);

    /// <summary>The program is to stop until it is let go on.</summary>
    internal static EditorEffect Suspend => new(Case.Suspend);

    /// <summary>The key can do nothing here.</summary>
    internal static EditorEffect Bell => new(Case.Bell);

    /// <summary>The line is to be asked.</summary>
    internal static EditorEffect Accepted(LineBuffer line) => new(Case.Accepted, line);

    /// <summary>The line, which may be empty, was given up.</summary>
    internal static EditorEffect Interrupted(LineBuffer line) => new(Case.Interrupted, line);

    /// <summary>One function for each case; exactly one is called.</summary>
    internal T Match<T>(
        Func<T> none,
        Func<LineBuffer, T> accepted,
        Func<LineBuffer, T> interrupted,
        Func<T> exit,
        Func<T> clearScreen,
        Func<T> suspend,
        Func<T> bell
    ) =>
        @case switch
        {
            Case.Accepted => accepted(line!),
            Case.Interrupted => interrupted(line!),
            Case.Exit => exit(),
            Case.ClearScreen => clearScreen(),
            Case.Suspend => suspend(),
            Case.Bell => bell(),
            _ => none(),
        };
}
