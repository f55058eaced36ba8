namespace TinyTcp.Cli.Probing;

/// <summary>One line at the bottom of a terminal that is written over again; nothing where there is no terminal.</summary>
/// <param name="surroundings">Where to write.</param>
internal sealed class StatusLine(Surroundings surroundings)
{
    private const string Erase = "\r\u001b[K";

    private const int KeysRoom = 3;

    private readonly bool isDumb = surroundings.Variable("TERM").Exists(static kind => kind == "dumb");
    private bool isShown;

    /// <summary>Shows words below all that was written.</summary>
    internal void Show(string words)
    {
        var terminal = surroundings.Terminal();
        isShown = terminal.Output && !isDumb;
        if (isShown)
        {
            // What a key leaves behind it, such as ^C, must not break the line: only one is erased.
            surroundings.Output.Write(
                Fit.Start(words, Math.Min(terminal.Width, Terminal.UsualWidth) - KeysRoom)
            );
        }
    }

    /// <summary>Takes it away, and what a key has left on it.</summary>
    internal void Hide()
    {
        if (isShown)
        {
            surroundings.Output.Write(Erase);
            isShown = false;
        }
    }
}
