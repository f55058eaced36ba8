namespace TinyTcp.Shell.Settings;

/// <summary>The text that one source gives for a setting.</summary>
/// <param name="Source">The option, the variable, or the file with line and key; messages begin with it.</param>
/// <param name="Text">The text.</param>
internal readonly record struct GivenText(string Source, string Text);
