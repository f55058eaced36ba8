using System.CommandLine;

namespace TinyTcp.Cli.Parsing;

/// <summary>A command that ends too soon to handle signals: the default action of a signal ends the process.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
internal sealed class NoSignalCommand(string name, string description) : Command(name, description);
