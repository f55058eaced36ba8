using Spectre.Console;

namespace TinyTcp.Cli.Terminals;

/// <summary>Consoles for tables and charts, at most 80 columns wide.</summary>
internal static class ConsoleFactory
{
    internal static IAnsiConsole Create(TextWriter output, bool useColors, Terminal terminal)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = useColors ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = useColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(output),
            }
        );
        // Where a size is not set, Spectre.Console asks .NET, which turns on the terminal's application cursor keys, and never off.
        console.Profile.Height = terminal.GetHeight();
        console.Profile.Width = Math.Min(terminal.Width, Terminal.DefaultWidth);
        return console;
    }
}
