using System.Reflection;
using TinyTcp.Cli.IO;

namespace TinyTcp.Cli.Parsing;

/// <summary><c>--version</c>.</summary>
internal static class VersionText
{
    /// <summary>Creates the option.</summary>
    internal static SwitchOption CreateOption(TextWriter output) =>
        new("--version", "-V")
        {
            Description = "Print the version and the commit.",
            Action = new PrintAction(output, static _ => $"{CliEnvironment.ProgramName} {Version}\n"),
        };

    // The commit follows a plus sign.
    private static string Version =>
        typeof(VersionText)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion
        ?? "";
}
