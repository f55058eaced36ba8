using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Interactive;

/// <summary>What the shell is to do: a closed union. <c>default(ShellEffect)</c> rings the bell.</summary>
internal readonly record struct ShellEffect
{
    private enum Case : byte
    {
        Ring,
        Finish,
        Ask,
        GiveUp,
        Remember,
        Print,
        Notice,
        Trouble,
        Advice,
        Clear,
        Suspend,
    }

    private readonly Case @case;
    private readonly Line? line;
    private readonly string? words;
    private readonly ByteString said;

    private ShellEffect(Case @case, Line? line = null, string? words = null, ByteString said = default)
    {
        this.@case = @case;
        this.line = line;
        this.words = words;
        this.said = said;
    }

    /// <summary>Rings the bell.</summary>
    internal static ShellEffect Ring => default;

    /// <summary>Gives up what was asked.</summary>
    internal static ShellEffect GiveUp => new(Case.GiveUp);

    /// <summary>Clears the screen.</summary>
    internal static ShellEffect Clear => new(Case.Clear);

    /// <summary>Stops the program, until it is let go on.</summary>
    internal static ShellEffect Suspend => new(Case.Suspend);

    /// <summary>Leaves the line as it stands and goes on below it.</summary>
    internal static ShellEffect Finish(Line line, string how) => new(Case.Finish, line, how);

    /// <summary>Sends a line.</summary>
    internal static ShellEffect Ask(string line) => new(Case.Ask, words: line);

    /// <summary>Keeps a line for another day.</summary>
    internal static ShellEffect Remember(string line) => new(Case.Remember, words: line);

    /// <summary>Prints what the server said.</summary>
    internal static ShellEffect Print(ByteString said) => new(Case.Print, said: said);

    /// <summary>Says what happened meanwhile.</summary>
    internal static ShellEffect Notice(string sentence) => new(Case.Notice, words: sentence);

    /// <summary>Says what went wrong, in place of a reply.</summary>
    internal static ShellEffect Trouble(string sentence) => new(Case.Trouble, words: sentence);

    /// <summary>Says something aside.</summary>
    internal static ShellEffect Advice(string sentence) => new(Case.Advice, words: sentence);

    /// <summary>One function for each case; exactly one is called.</summary>
    internal T Match<T>(
        Func<T> ring,
        Func<Line, string, T> finish,
        Func<string, T> ask,
        Func<T> giveUp,
        Func<string, T> remember,
        Func<ByteString, T> print,
        Func<string, T> notice,
        Func<string, T> trouble,
        Func<string, T> advice,
        Func<T> clear,
        Func<T> suspend
    ) =>
        @case switch
        {
            Case.Finish => finish(line!, words!),
            Case.Ask => ask(words!),
            Case.GiveUp => giveUp(),
            Case.Remember => remember(words!),
            Case.Print => print(said),
            Case.Notice => notice(words!),
            Case.Trouble => trouble(words!),
            Case.Advice => advice(words!),
            Case.Clear => clear(),
            Case.Suspend => suspend(),
            _ => ring(),
        };

    /// <summary>For a failing test's report.</summary>
    public override string ToString() => $"{@case} {line?.Text}{words}{said}";
}
