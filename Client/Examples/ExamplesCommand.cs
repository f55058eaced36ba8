using System.CommandLine;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Examples;

/// <summary>The command line <c>examples</c>.</summary>
/// <param name="environment">Where to print.</param>
internal sealed class ExamplesCommand(CliEnvironment environment)
{
    /// <summary>Puts it on the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new NoSignalCommand("examples", "Prints command lines, and what comes of them.");
        command.SetAction(_ =>
        {
            environment.Output.Write(ExampleTable.Format());
            return ExitCodes.Success.Code;
        });
        program.Subcommands.Add(command);
    }
}
