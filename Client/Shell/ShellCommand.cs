using System.CommandLine;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using Command = System.CommandLine.Command;

namespace TinyTcp.Cli.Shell;

/// <summary>The command <c>shell</c>: line editing on a terminal, lines of standard input otherwise.</summary>
/// <param name="connectionOptions">The options of a connection.</param>
/// <param name="colorOption">The option <c>--color</c>.</param>
/// <param name="environment">The terminal, clock and files.</param>
internal sealed class ShellCommand(
    ConnectionOptions connectionOptions,
    ColorOption colorOption,
    CliEnvironment environment
)
{
    private readonly SwitchOption noHistoryOption = new("--no-history")
    {
        Description =
            "Neither read nor write the history file, $XDG_STATE_HOME/tinytcp/history or ~/.local/state/tinytcp/history.",
    };

    private readonly SwitchOption rawOption = SwitchOption.Raw();

    private readonly SwitchOption timingOption = new("--timing")
    {
        Description = "Print how long each reply took, on a terminal.",
    };

    internal void AddTo(Command program)
    {
        var command = new Command(
            "shell",
            "Send each line that you type, and print the reply.\nTab completes a command or lists all, Ctrl-R searches the history, Ctrl-V inserts the next key literally, Ctrl-Z suspends the shell, Ctrl-C clears the line or cancels the request, Ctrl-D or exit leaves. A line that begins with a space is not saved to the history."
        )
        {
            noHistoryOption,
            rawOption,
            timingOption,
        };
        connectionOptions.AddWithTargetTo(command);
        connectionOptions.AddRecordTo(command);
        command.SetAction(RunAsync);
        program.Subcommands.Add(command);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        connectionOptions
            .Read(parsed)
            .RunAsync(settings => RunAsync(settings, ReadOptions(parsed), cancellationToken), environment);

    /// <summary>Runs the shell.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync(
        ConnectionSettings settings,
        ShellOptions options,
        CancellationToken cancellationToken
    )
    {
        if (environment.Terminal() is not { HasInput: true, HasOutput: true } || environment.IsDumbTerminal)
        {
            return await new PipedShell(settings, options, environment).RunAsync(cancellationToken);
        }

        using var shell = new TerminalShell(settings, options, environment);
        return await shell.RunAsync(cancellationToken);
    }

    private ShellOptions ReadOptions(ParseResult parsed) =>
        new(
            colorOption.Read(parsed, environment),
            parsed.GetValue(rawOption),
            !parsed.GetValue(noHistoryOption),
            parsed.GetValue(timingOption)
        );
}
