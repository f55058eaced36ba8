namespace TinyTcp.Cli.Shell;

/// <summary>What the options of the command line say.</summary>
/// <param name="UseColors">Whether to colour.</param>
/// <param name="IsRaw">Whether control characters of replies are not escaped.</param>
/// <param name="SavesHistory">Whether the history file is read and written.</param>
/// <param name="ShowsLatencies">Whether the time of a reply follows it.</param>
internal sealed record ShellOptions(bool UseColors, bool IsRaw, bool SavesHistory, bool ShowsLatencies);
