namespace TinyTcp.Cli.Shell;

/// <summary>The few colours of the shell. Nothing is said by colour alone.</summary>
/// <param name="HasColors">Whether there are any.</param>
internal sealed record Theme(bool HasColors)
{
    /// <summary>What is asked for next.</summary>
    internal string Prompt(string text) => Colorize("36", text);

    /// <summary>What is not there yet, or is said aside.</summary>
    internal string Hint(string text) => Colorize("90", text);

    /// <summary>What happened meanwhile.</summary>
    internal string Notice(string text) => Colorize("33", text);

    /// <summary>What went wrong.</summary>
    internal string Error(string text) => Colorize("31", text);

    private string Colorize(string code, string text) =>
        HasColors && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
