namespace TinyTcp.Cli.Interactive;

/// <summary>The few colours of the shell. Nothing is said by colour alone.</summary>
/// <param name="Colours">Whether there are any.</param>
internal sealed record Paint(bool Colours)
{
    /// <summary>What is asked for next.</summary>
    internal string Prompt(string text) => In("36", text);

    /// <summary>What is not there yet, or is said aside.</summary>
    internal string Hint(string text) => In("90", text);

    /// <summary>What happened meanwhile.</summary>
    internal string Notice(string text) => In("33", text);

    /// <summary>What went wrong.</summary>
    internal string Trouble(string text) => In("31", text);

    private string In(string colour, string text) =>
        Colours && text.Length > 0 ? $"\u001b[{colour}m{text}\u001b[0m" : text;
}
