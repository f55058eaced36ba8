using LanguageExt;
using Spectre.Console;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>What the shell does after an event.</summary>
internal abstract record ShellEffect
{
    private ShellEffect() { }

    internal sealed record Bell : ShellEffect;

    /// <summary>Prints the line with its prompt for the last time, and starts a new row.</summary>
    internal sealed record FinishLine(LineBuffer Line, string Suffix) : ShellEffect;

    internal sealed record SendRequest(string Line) : ShellEffect;

    internal sealed record CancelRequest : ShellEffect;

    internal sealed record SaveToHistory(string Line) : ShellEffect;

    /// <summary>Prints a line of the server.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="Latency">The time from its request, if it is the reply to one that was not cancelled.</param>
    internal sealed record PrintReply(ByteString Line, Option<TimeSpan> Latency) : ShellEffect;

    /// <summary>Prints a message of the client, as a comment.</summary>
    internal sealed record PrintComment(Style Style, string Text) : ShellEffect;

    internal sealed record ClearScreen : ShellEffect;

    internal sealed record Suspend : ShellEffect;

    /// <summary>Sets the terminal's modes again, and draws the prompt anew.</summary>
    internal sealed record SetModes : ShellEffect;
}
