namespace TinyTcp.Cli.Shell.Editing;

/// <summary>A part of what a terminal sends.</summary>
internal abstract record TerminalInput
{
    private TerminalInput() { }

    /// <summary>Characters that are no control characters.</summary>
    internal sealed record Text(string Characters) : TerminalInput;

    /// <summary>A control character: Ctrl and a letter, Enter, Tab or Backspace.</summary>
    internal sealed record Control(char Character) : TerminalInput;

    /// <summary>The key Escape, alone.</summary>
    internal sealed record EscapeKey : TerminalInput;

    /// <summary>Alt and a key, sent as an escape and the key's character.</summary>
    internal sealed record Alt(char Character) : TerminalInput;

    /// <summary>A control sequence (CSI) or a single shift (SS3): a named key, the mouse, or an answer of the terminal.</summary>
    /// <param name="Introducer">The character after the escape: [ or O.</param>
    /// <param name="Parameters">The characters up to the last; only the start of very many.</param>
    /// <param name="Final">The last character.</param>
    /// <param name="IsAlt">Whether another escape precedes the sequence, as rxvt and PuTTY send for Alt.</param>
    internal sealed record Sequence(char Introducer, string Parameters, char Final, bool IsAlt)
        : TerminalInput;
}
