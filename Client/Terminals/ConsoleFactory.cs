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
        console.Profile.Width = Math.Min(terminal.Width, Terminal.DefaultWidth);
        return console;
    }
}
