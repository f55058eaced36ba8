namespace TinyTcp.Cli.Errors;

/// <summary>One row of the table of exit codes.</summary>
/// <param name="Code">The number that the parent process gets.</param>
/// <param name="Name">The name in help and documents.</param>
/// <param name="Description">When the program ends with it.</param>
internal sealed record ExitCode(int Code, string Name, string Description);
