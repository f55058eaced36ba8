using System.CommandLine;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Examples;

/// <summary>The command <c>examples</c>.</summary>
/// <param name="environment">Where to print.</param>
internal sealed class ExamplesCommand(CliEnvironment environment)
{
    /// <summary>Adds the command to the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new NoSignalCommand("examples", "Print example command lines and their output.");
        command.SetAction(_ =>
        {
            environment.Output.Write(ExampleTable.Format());
            return ExitCodes.Success.Code;
        });
        program.Subcommands.Add(command);
    }
}
