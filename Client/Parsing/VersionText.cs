using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;

namespace TinyTcp.Cli.Parsing;

/// <summary>What --version prints.</summary>
internal static class VersionText
{
    /// <summary>The option that asks for it.</summary>
    internal static SwitchOption CreateOption(TextWriter output) =>
        new("--version") { Description = "Print the version.", Action = new PrintVersionAction(output) };

    // What follows a plus sign names a build, not a version.
    private static string Version =>
        typeof(VersionText)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "";

    private sealed class PrintVersionAction(TextWriter output) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            output.WriteLine($"{CliEnvironment.ProgramName} {Version}");
            return ExitCodes.Success.Code;
        }
    }
}
