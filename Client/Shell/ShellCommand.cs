using System.CommandLine;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Requests;
using TinyTcp.Cli.Terminals;
using Command = System.CommandLine.Command;

namespace TinyTcp.Cli.Shell;

/// <summary>The command line <c>shell</c>: lines that are typed, and what comes of them.</summary>
/// <param name="connectionOptions">The options that say whom to call.</param>
/// <param name="colorOption">The option that says when to colour.</param>
/// <param name="environment">The program's surroundings.</param>
internal sealed class ShellCommand(
    ConnectionOptions connectionOptions,
    ColorOption colorOption,
    CliEnvironment environment
)
{
    private readonly SwitchOption noHistoryOption = new("--no-history")
    {
        Description =
            "Neither read nor keep the lines of other days, in $XDG_STATE_HOME/tinytcp/history, or else ~/.local/state/tinytcp/history.",
    };

    private readonly SwitchOption rawOption = SwitchOption.Raw();

    /// <summary>Puts it on the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "shell",
            "Sends the lines that you type, and shows the replies.\nTab completes, Ctrl-R finds a line that was asked, Ctrl-V has the next key stand for itself, Ctrl-Z stops the shell until fg, Ctrl-C gives up, Ctrl-D leaves. A line that begins with a space is not kept."
        )
        {
            noHistoryOption,
            rawOption,
        };
        connectionOptions.AddTo(command);
        colorOption.AddTo(command);
        command.SetAction(RunAsync);
        program.Subcommands.Add(command);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        connectionOptions
            .Read(parsed)
            .Match(
                Left: complaint => Task.FromResult(complaint.WriteTo(environment.Error)),
                Right: call => RunAsync(call, ReadOptions(parsed), cancellationToken)
            );

    private Task<int> RunAsync(
        ConnectionSettings settings,
        ShellOptions options,
        CancellationToken cancellationToken
    ) =>
        IsInteractive()
            ? RunInTerminalAsync(settings, options, cancellationToken)
            : CreateRunner(settings, options, cancellationToken)
                .RunAsync(
                    WithPrompts(
                        settings,
                        PipedInput.ReadRequests(environment.StandardInput, cancellationToken)
                    )
                );

    private ShellOptions ReadOptions(ParseResult parsed) =>
        new(
            colorOption.Read(parsed, environment),
            parsed.GetValue(rawOption),
            !parsed.GetValue(noHistoryOption)
        );

    private async Task<int> RunInTerminalAsync(
        ConnectionSettings settings,
        ShellOptions options,
        CancellationToken cancellationToken
    )
    {
        using var shell = new TerminalShell(settings, options, environment);
        return await shell.RunAsync(cancellationToken);
    }

    // A terminal that is dumb cannot move its cursor.
    private bool IsInteractive() =>
        environment.Terminal() is { HasInput: true, HasOutput: true } && !environment.IsDumbTerminal;

    /// <summary>Where somebody looks, each line is asked for.</summary>
    private IEnumerable<T> WithPrompts<T>(ConnectionSettings settings, IEnumerable<T> lines)
    {
        var isSeen = environment.Terminal() is { HasInput: true, HasOutput: true };
        var prompt = isSeen ? $"{Sanitizer.Sanitize(settings.Target)}> " : "";
        environment.Output.Write(prompt);
        foreach (var line in lines)
        {
            yield return line;
            environment.Output.Write(prompt);
        }

        environment.Output.Write(isSeen ? "\n" : "");
    }

    private RequestRunner CreateRunner(
        ConnectionSettings settings,
        ShellOptions options,
        CancellationToken cancellationToken
    ) =>
        new(
            settings,
            options.IsRaw || !environment.Terminal().HasOutput ? OutputFormat.Raw : OutputFormat.Escaped,
            environment,
            cancellationToken
        );
}
