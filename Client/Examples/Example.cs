using LanguageExt;

namespace TinyTcp.Cli.Examples;

/// <summary>One example, which a test runs.</summary>
/// <param name="Purpose">What it shows.</param>
/// <param name="CommandLine">The command line for a POSIX shell.</param>
/// <param name="Output">The output; none if it differs in each run.</param>
internal sealed record Example(string Purpose, string CommandLine, Option<string> Output);
