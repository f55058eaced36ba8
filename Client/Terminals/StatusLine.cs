namespace TinyTcp.Cli.Terminals;

/// <summary>One line at the bottom of a terminal that is written over again; nothing where there is no terminal.</summary>
/// <param name="output">Where to write.</param>
/// <param name="isEnabled">Whether a terminal is there that can do it.</param>
internal sealed class StatusLine(TextWriter output, bool isEnabled)
{
    /// <summary>Goes to the start of a terminal's row and takes away what is there.</summary>
    internal const string EraseLine = "\r\u001b[K";

    private bool isVisible;

    /// <summary>Shows words below all that was written.</summary>
    internal void Show(string text)
    {
        if (isEnabled)
        {
            Hide();
            output.Write(text);
            isVisible = true;
        }
    }

    /// <summary>Takes it away, and what a key has left on it.</summary>
    internal void Hide()
    {
        if (isVisible)
        {
            output.Write(EraseLine);
            isVisible = false;
        }
    }
}
