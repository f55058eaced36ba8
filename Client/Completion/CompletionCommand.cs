using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Completion;

/// <summary>The command line <c>completion</c>: a script that lets a shell complete ours, made from the model of commands.</summary>
/// <param name="program">The model.</param>
/// <param name="environment">Where to print.</param>
internal sealed class CompletionCommand(Command program, CliEnvironment environment)
{
    private readonly Argument<string> shellArgument = new("shell")
    {
        Description = $"One of {Names}.",
        CompletionSources = { Shells },
    };

    private static string[] Shells => [.. ShellScript.Rows.Select(static row => row.ShellName)];

    private static string Names => string.Join(", ", Shells);

    /// <summary>Puts it on the program.</summary>
    internal void AddTo()
    {
        var command = new NoSignalCommand(
            "completion",
            $"""
            Prints a script that lets a shell complete command lines.
            For bash, in ~/.bashrc: eval "$({CliEnvironment.ProgramName} completion bash)"
            For zsh, in ~/.zshrc, behind compinit: eval "$({CliEnvironment.ProgramName} completion zsh)"
            For fish, in ~/.config/fish/config.fish: {CliEnvironment.ProgramName} completion fish | source
            """
        )
        {
            shellArgument,
        };
        command.SetAction(parsed =>
            Find(parsed.GetValue(shellArgument) ?? "")
                .Match(Left: complaint => complaint.WriteTo(environment.Error), Right: Print)
        );
        program.Subcommands.Add(command);
    }

    private int Print(ShellScript script)
    {
        environment.Output.Write(script.Render(program));
        return ExitCodes.Success.Code;
    }

    private static Either<CliError, ShellScript> Find(string name) =>
        ShellScript
            .Rows.Where(row => row.ShellName == name)
            .HeadOrNone()
            .ToEither(CliError.Usage($"The shell is {Quote.Of(name)}: give one of {Names}."));
}
