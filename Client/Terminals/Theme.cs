using Spectre.Console;

namespace TinyTcp.Cli.Terminals;

/// <summary>The program's text styles. No information is in the colour alone.</summary>
/// <param name="HasColors">Whether text is coloured.</param>
internal sealed record Theme(bool HasColors)
{
    private static readonly AnsiCapabilities Capabilities = new()
    {
        Ansi = true,
        ColorSystem = ColorSystem.Standard,
    };

    internal static Style Prompt { get; } = Color.Teal;

    internal static Style Hint { get; } = Color.Grey;

    internal static Style Notice { get; } = Color.Olive;

    internal static Style Error { get; } = Color.Red;

    /// <summary>How a time stands to the median: up to twice, up to ten times, or more.</summary>
    internal static Style LatencyStyle(double time, double median) =>
        time <= 2 * median ? Color.Green
        : time <= 10 * median ? Notice
        : Error;

    /// <summary>A text with the codes that colour it.</summary>
    internal string Apply(Style style, string text)
    {
        if (!HasColors || text.Length == 0)
        {
            return text;
        }

        using var colored = new StringWriter();
        new AnsiWriter(colored, Capabilities).Write(text, style);
        return colored.ToString();
    }
}
