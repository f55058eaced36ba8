using System.CommandLine;

namespace TinyTcp.Cli.Parsing;

/// <summary>An argument that is the name of a file: shells complete it as one.</summary>
/// <param name="name">The argument's name.</param>
internal sealed class FileArgument(string name) : Argument<string>(name);

/// <summary>An argument that is several names of files, perhaps with a server behind them.</summary>
/// <param name="name">The argument's name.</param>
internal sealed class FilesArgument(string name) : Argument<string[]>(name);
