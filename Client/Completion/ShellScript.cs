using System.Collections.Immutable;
using System.CommandLine;

namespace TinyTcp.Cli.Completion;

/// <summary>One row a shell: how its script is made of the model of commands.</summary>
/// <param name="Shell">The shell's name.</param>
/// <param name="For">The script for a program.</param>
internal sealed record ShellScript(string Shell, Func<Command, string> For)
{
    /// <summary>The rows.</summary>
    internal static ImmutableArray<ShellScript> Rows { get; } =
    [new("bash", BashScript.For), new("zsh", ZshScript.For), new("fish", FishScript.For)];
}
