using System.CommandLine;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Completion;

/// <summary>The command line <c>completion</c>: a script that lets a shell complete ours, made from the model of commands.</summary>
/// <param name="program">The model.</param>
/// <param name="surroundings">Where to print.</param>
internal sealed class CompletionCommand(Command program, Surroundings surroundings)
{
    private readonly Argument<string> shell = new("shell")
    {
        Description = $"One of {Names}.",
        CompletionSources = { Shells },
    };

    private static string[] Shells => [.. ShellScript.Rows.Select(static row => row.Shell)];

    private static string Names => string.Join(", ", Shells);

    /// <summary>Puts it on the program.</summary>
    internal void AddTo()
    {
        var command = new ShortCommand(
            "completion",
            $"""
            Prints a script that lets a shell complete command lines.
            For bash, in ~/.bashrc: eval "$({CommandLine.Name} completion bash)"
            For zsh, in ~/.zshrc, behind compinit: eval "$({CommandLine.Name} completion zsh)"
            For fish, in ~/.config/fish/config.fish: {CommandLine.Name} completion fish | source
            """
        )
        {
            shell,
        };
        command.SetAction(parsed =>
            Find(parsed.GetValue(shell) ?? "")
                .Match(Left: complaint => complaint.Tell(surroundings.Error), Right: Print)
        );
        program.Subcommands.Add(command);
    }

    private int Print(ShellScript script)
    {
        surroundings.Output.Write(script.For(program));
        return ExitCodes.Success.Code;
    }

    private static Either<Complaint, ShellScript> Find(string name) =>
        ShellScript
            .Rows.Where(row => row.Shell == name)
            .HeadOrNone()
            .ToEither(Complaint.Usage($"The shell is {Quote.Of(name)}: give one of {Names}."));
}
