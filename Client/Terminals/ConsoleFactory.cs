using Spectre.Console;

namespace TinyTcp.Cli.Terminals;

/// <summary>Consoles for tables and charts.</summary>
internal static class ConsoleFactory
{
    /// <summary>A console of a width.</summary>
    internal static IAnsiConsole Create(TextWriter output, bool useColors, int width)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                // Without ANSI Spectre.Console sets the colours by .NET, which changes the terminal's modes.
                Ansi = AnsiSupport.Yes,
                ColorSystem = useColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(output),
            }
        );
        // Where a size is not set, Spectre.Console asks .NET, which turns on the terminal's application cursor keys, and never off.
        console.Profile.Height = Terminal.DefaultHeight;
        console.Profile.Width = width;
        return console;
    }
}
