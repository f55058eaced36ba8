using System.CommandLine;
using System.CommandLine.Invocation;
using TinyTcp.Cli.Errors;

namespace TinyTcp.Cli.Parsing;

/// <summary>Prints a text in place of running the command, even if the rest of the command line is invalid.</summary>
/// <param name="output">Where to print.</param>
/// <param name="render">Makes the text for a command.</param>
internal sealed class PrintAction(TextWriter output, Func<Command, string> render)
    : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        output.Write(render(parseResult.CommandResult.Command));
        return ExitCodes.Success.Code;
    }
}
