using System.CommandLine;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Completion;

/// <summary>
/// The command <c>completion</c>, which prints the script of a shell, and the hidden command <c>complete</c>, which the
/// scripts call.
/// </summary>
/// <param name="program">The model of the command line.</param>
/// <param name="environment">Where to print.</param>
internal sealed class CompletionCommand(Command program, CliEnvironment environment)
{
    private readonly Argument<string> shellArgument = new Argument<string>("shell").AcceptOnlyFromAmong([
        .. ShellScript.Rows.Select(static row => row.ShellName),
    ]);

    private readonly Argument<string[]> wordsArgument = new("words") { Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Adds the commands to the program.</summary>
    internal void AddTo()
    {
        var completion = new NoSignalCommand(
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
        completion.SetAction(parsed =>
            Print(ShellScript.Rows.Single(row => row.ShellName == parsed.GetValue(shellArgument)).Text)
        );
        program.Subcommands.Add(completion);

        var complete = new NoSignalCommand("complete", "Print the words that complete a command line.")
        {
            wordsArgument,
        };
        complete.Hidden = true;
        complete.SetAction(parsed =>
            Print(
                string.Concat(
                    Completer
                        .Complete(program, parsed.GetValue(wordsArgument) ?? [])
                        .Select(static row => $"{row.Word}\t{row.Description}\n")
                )
            )
        );
        program.Subcommands.Add(complete);
    }

    private int Print(string text)
    {
        environment.Output.Write(text);
        return ExitCodes.Success.Code;
    }
}
