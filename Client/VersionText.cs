using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace TinyTcp.Cli;

/// <summary>What --version prints.</summary>
internal static class VersionText
{
    /// <summary>The option that asks for it.</summary>
    internal static Flag Option(TextWriter output) =>
        new("--version") { Description = "Print the version.", Action = new Printed(output) };

    // What follows a plus sign names a build, not a version.
    private static string Version =>
        typeof(VersionText)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "";

    private sealed class Printed(TextWriter output) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            output.WriteLine($"{CommandLine.Name} {Version}");
            return ExitCodes.Success.Code;
        }
    }
}
