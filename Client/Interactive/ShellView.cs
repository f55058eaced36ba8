namespace TinyTcp.Cli.Interactive;

/// <summary>How the shell is to look, and what it may keep.</summary>
/// <param name="Colours">Whether it has colours.</param>
/// <param name="IsRaw">Whether what the server says is printed as it came.</param>
/// <param name="KeepsHistory">Whether lines are kept for another day.</param>
internal sealed record ShellView(bool Colours, bool IsRaw, bool KeepsHistory);
