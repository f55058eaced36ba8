using System.CommandLine;
using TinyTcp.Cli.Asking;
using TinyTcp.Cli.Display;
using Command = System.CommandLine.Command;

namespace TinyTcp.Cli.Interactive;

/// <summary>The command line <c>shell</c>: lines that are typed, and what comes of them.</summary>
/// <param name="calls">The options that say whom to call.</param>
/// <param name="colours">The option that says when to colour.</param>
/// <param name="surroundings">The program's surroundings.</param>
internal sealed class ShellCommand(CallOptions calls, Colours colours, Surroundings surroundings)
{
    private readonly Flag noHistory = new("--no-history")
    {
        Description =
            "Neither read nor keep the lines of other days, in $XDG_STATE_HOME/tinytcp/history, or else ~/.local/state/tinytcp/history.",
    };

    private readonly Flag raw = WireOutput.RawOption();

    /// <summary>Puts it on the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "shell",
            "Sends the lines that you type, and shows the replies.\nTab completes, Ctrl-R finds a line that was asked, Ctrl-V has the next key stand for itself, Ctrl-Z stops the shell until fg, Ctrl-C gives up, Ctrl-D leaves. A line that begins with a space is not kept."
        )
        {
            noHistory,
            raw,
        };
        calls.AddTo(command);
        colours.AddTo(command);
        command.SetAction(RunAsync);
        program.Subcommands.Add(command);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        calls
            .Read(parsed)
            .Match(
                Left: complaint => Task.FromResult(complaint.Tell(surroundings.Error)),
                Right: call => RunAsync(call, ViewOf(parsed), cancellationToken)
            );

    private Task<int> RunAsync(Call call, ShellView view, CancellationToken cancellationToken) =>
        IsInteractive()
            ? OnTerminalAsync(call, view, cancellationToken)
            : Plain(call, view, cancellationToken)
                .RunAsync(Prompted(call, PlainLines.Of(surroundings.Input, cancellationToken)));

    private ShellView ViewOf(ParseResult parsed) =>
        new(colours.Read(parsed, surroundings), parsed.GetValue(raw), !parsed.GetValue(noHistory));

    private async Task<int> OnTerminalAsync(Call call, ShellView view, CancellationToken cancellationToken)
    {
        using var shell = new TerminalShell(call, view, surroundings);
        return await shell.RunAsync(cancellationToken);
    }

    // A terminal that is dumb cannot move its cursor.
    private bool IsInteractive() =>
        surroundings.Terminal() is { Input: true, Output: true } && !surroundings.IsDumb;

    /// <summary>Where somebody looks, each line is asked for.</summary>
    private IEnumerable<T> Prompted<T>(Call call, IEnumerable<T> lines)
    {
        var isSeen = surroundings.Terminal() is { Input: true, Output: true };
        var prompt = isSeen ? $"{Printable.Of(call.Target)}> " : "";
        surroundings.Output.Write(prompt);
        foreach (var line in lines)
        {
            yield return line;
            surroundings.Output.Write(prompt);
        }

        surroundings.Output.Write(isSeen ? "\n" : "");
    }

    private Asker Plain(Call call, ShellView view, CancellationToken cancellationToken) =>
        new(
            call,
            view.IsRaw || !surroundings.Terminal().Output ? AnswerStyle.Bytes : AnswerStyle.Printable,
            surroundings,
            cancellationToken
        );
}
