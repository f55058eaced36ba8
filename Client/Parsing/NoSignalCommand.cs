using System.CommandLine;

namespace TinyTcp.Cli.Parsing;

/// <summary>A command that needs no signal handlers: a signal ends the process at once.</summary>
/// <param name="name">The command's name.</param>
/// <param name="description">The command's description.</param>
internal sealed class NoSignalCommand(string name, string description) : Command(name, description);
