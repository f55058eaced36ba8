using System.CommandLine;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Completion;

/// <summary>The command <c>completion</c>: prints a script with which a shell completes command lines of this program.</summary>
/// <param name="program">The model of the command line.</param>
/// <param name="environment">Where to print.</param>
internal sealed class CompletionCommand(Command program, CliEnvironment environment)
{
    private readonly Argument<string> shellArgument = new Argument<string>("shell").AcceptOnlyFromAmong([
        .. ShellScript.Rows.Select(static row => row.ShellName),
    ]);

    /// <summary>Adds the command to the program.</summary>
    internal void AddTo()
    {
        var command = new NoSignalCommand(
            "completion",
            $"""
            Print a script for shell completion.
            bash, in ~/.bashrc: eval "$({CliEnvironment.ProgramName} completion bash)"
            zsh, in ~/.zshrc after compinit: eval "$({CliEnvironment.ProgramName} completion zsh)"
            fish, in ~/.config/fish/config.fish: {CliEnvironment.ProgramName} completion fish | source
            """
        )
        {
            shellArgument,
        };
        command.SetAction(parsed =>
        {
            var script = ShellScript.Rows.Single(row => row.ShellName == parsed.GetValue(shellArgument));
            environment.Output.Write(script.Render(program));
            return ExitCodes.Success.Code;
        });
        program.Subcommands.Add(command);
    }
}
