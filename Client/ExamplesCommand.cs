using System.CommandLine;

namespace TinyTcp.Cli;

/// <summary>The command line <c>examples</c>.</summary>
/// <param name="surroundings">Where to print.</param>
internal sealed class ExamplesCommand(Surroundings surroundings)
{
    /// <summary>Puts it on the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new ShortCommand("examples", "Prints command lines, and what comes of them.");
        command.SetAction(_ =>
        {
            surroundings.Output.Write(ExampleTable.Show());
            return ExitCodes.Success.Code;
        });
        program.Subcommands.Add(command);
    }
}
