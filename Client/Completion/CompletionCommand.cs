using System.CommandLine;
using LanguageExt;

namespace TinyTcp.Cli.Completion;

/// <summary>The command line <c>completion</c>: a script that lets a shell complete ours, made from the model of commands.</summary>
/// <param name="program">The model.</param>
/// <param name="surroundings">Where to print.</param>
internal sealed class CompletionCommand(Command program, Surroundings surroundings)
{
    private readonly Argument<string> shell = new("shell")
    {
        Description = $"One of {Names}.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static string Names => string.Join(", ", ShellScript.Rows.Select(static row => row.Shell));

    /// <summary>Puts it on the program.</summary>
    internal void AddTo()
    {
        var command = new Command("completion", "Prints a script that lets a shell complete command lines.")
        {
            shell,
        };
        command.SetAction(parsed =>
            Find(Prelude.Optional(parsed.GetValue(shell)))
                .Match(Left: complaint => complaint.Tell(surroundings.Error), Right: Print)
        );
        program.Subcommands.Add(command);
    }

    private int Print(ShellScript script)
    {
        surroundings.Output.Write(script.For(program));
        return ExitCodes.Success.Code;
    }

    private static Either<Complaint, ShellScript> Find(LanguageExt.Option<string> name) =>
        name.Bind(static given => ShellScript.Rows.Where(row => row.Shell == given).HeadOrNone())
            .ToEither(Complaint.Usage($"Name the shell: one of {Names}."));
}
