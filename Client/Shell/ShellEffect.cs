using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>What the shell is to do: a closed union. <c>default(ShellEffect)</c> rings the bell.</summary>
internal readonly record struct ShellEffect
{
    private enum Case : byte
    {
        Bell,
        FinishLine,
        SendRequest,
        CancelRequest,
        SaveToHistory,
        PrintReply,
        PrintNotice,
        PrintError,
        PrintHint,
        ClearScreen,
        Suspend,
    }

    private readonly Case @case;
    private readonly LineBuffer? line;
    private readonly string? text;
    private readonly ByteString reply;

    private ShellEffect(Case @case, LineBuffer? line = null, string? text = null, ByteString reply = default)
    {
        this.@case = @case;
        this.line = line;
        this.text = text;
        this.reply = reply;
    }

    /// <summary>Rings the bell.</summary>
    internal static ShellEffect Bell => default;

    /// <summary>Gives up what was asked.</summary>
    internal static ShellEffect CancelRequest => new(Case.CancelRequest);

    /// <summary>Clears the screen.</summary>
    internal static ShellEffect ClearScreen => new(Case.ClearScreen);

    /// <summary>Stops the program, until it is let go on.</summary>
    internal static ShellEffect Suspend => new(Case.Suspend);

    /// <summary>Leaves the line as it stands and goes on below it.</summary>
    internal static ShellEffect FinishLine(LineBuffer line, string suffix) =>
        new(Case.FinishLine, line, suffix);

    /// <summary>Sends a line.</summary>
    internal static ShellEffect SendRequest(string line) => new(Case.SendRequest, text: line);

    /// <summary>Keeps a line for another day.</summary>
    internal static ShellEffect SaveToHistory(string line) => new(Case.SaveToHistory, text: line);

    /// <summary>Prints what the server said.</summary>
    internal static ShellEffect PrintReply(ByteString reply) => new(Case.PrintReply, reply: reply);

    /// <summary>Says what happened meanwhile.</summary>
    internal static ShellEffect PrintNotice(string message) => new(Case.PrintNotice, text: message);

    /// <summary>Says what went wrong, in place of a reply.</summary>
    internal static ShellEffect PrintError(string message) => new(Case.PrintError, text: message);

    /// <summary>Says something aside.</summary>
    internal static ShellEffect PrintHint(string message) => new(Case.PrintHint, text: message);

    /// <summary>One function for each case; exactly one is called.</summary>
    internal T Match<T>(
        Func<T> bell,
        Func<LineBuffer, string, T> finishLine,
        Func<string, T> sendRequest,
        Func<T> cancelRequest,
        Func<string, T> saveToHistory,
        Func<ByteString, T> printReply,
        Func<string, T> printNotice,
        Func<string, T> printError,
        Func<string, T> printHint,
        Func<T> clearScreen,
        Func<T> suspend
    ) =>
        @case switch
        {
            Case.FinishLine => finishLine(line!, text!),
            Case.SendRequest => sendRequest(text!),
            Case.CancelRequest => cancelRequest(),
            Case.SaveToHistory => saveToHistory(text!),
            Case.PrintReply => printReply(reply),
            Case.PrintNotice => printNotice(text!),
            Case.PrintError => printError(text!),
            Case.PrintHint => printHint(text!),
            Case.ClearScreen => clearScreen(),
            Case.Suspend => suspend(),
            _ => bell(),
        };

    /// <summary>For a failing test's report.</summary>
    public override string ToString() => $"{@case} {line?.Text}{text}{reply}";
}
