namespace TinyTcp.Tests.Client.Shell;

/// <summary>Keys as a terminal reports them.</summary>
internal static class KeyInput
{
    internal static ConsoleKeyInfo Enter =>
        new('\r', ConsoleKey.Enter, shift: false, alt: false, control: false);

    internal static ConsoleKeyInfo Up => Key(ConsoleKey.UpArrow);

    internal static ConsoleKeyInfo Tab => new('\t', ConsoleKey.Tab, shift: false, alt: false, control: false);

    internal static ConsoleKeyInfo Escape =>
        new('\x1B', ConsoleKey.Escape, shift: false, alt: false, control: false);

    /// <summary>One key for each UTF-16 code unit, as a terminal reports them.</summary>
    internal static IEnumerable<ConsoleKeyInfo> Text(string text) =>
        text.Select(static c => new ConsoleKeyInfo(c, default, shift: false, alt: false, control: false));

    /// <summary>The keys of a line and Enter.</summary>
    internal static IEnumerable<ConsoleKeyInfo> Line(string text) => [.. Text(text), Enter];

    internal static ConsoleKeyInfo Ctrl(char letter) =>
        new(
            (char)(letter & 0x1F),
            (ConsoleKey)char.ToUpperInvariant(letter),
            shift: false,
            alt: false,
            control: true
        );

    internal static ConsoleKeyInfo Key(ConsoleKey key, bool alt = false, bool control = false) =>
        new('\0', key, shift: false, alt, control);
}
