namespace TinyTcp.Cli.Shell;

/// <summary>How the shell is to look, and what it may keep.</summary>
/// <param name="UseColors">Whether it has colours.</param>
/// <param name="IsRaw">Whether what the server says is printed as it came.</param>
/// <param name="SavesHistory">Whether lines are kept for another day.</param>
internal sealed record ShellOptions(bool UseColors, bool IsRaw, bool SavesHistory);
