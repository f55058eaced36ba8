namespace TinyTcp.Cli.Display;

/// <summary>One line at the bottom of a terminal that is written over again; nothing where there is no terminal.</summary>
/// <param name="output">Where to write.</param>
/// <param name="isShown">Whether a terminal is there that can do it.</param>
internal sealed class StatusLine(TextWriter output, bool isShown)
{
    /// <summary>Goes to the start of a terminal's row and takes away what is there.</summary>
    internal const string Erase = "\r\u001b[K";

    private bool isThere;

    /// <summary>Shows words below all that was written.</summary>
    internal void Show(string words)
    {
        if (isShown)
        {
            Hide();
            output.Write(words);
            isThere = true;
        }
    }

    /// <summary>Takes it away, and what a key has left on it.</summary>
    internal void Hide()
    {
        if (isThere)
        {
            output.Write(Erase);
            isThere = false;
        }
    }
}
