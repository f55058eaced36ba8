namespace TinyTcp.Cli.Shell;

internal sealed record ShellOptions(bool UseColors, bool IsRaw, bool SavesHistory);
