using Spectre.Console;

namespace TinyTcp.Cli.Terminals;

/// <summary>Where output for people is drawn: no line is wider than a usual terminal, and colour says nothing that words do not.</summary>
internal static class ConsoleFactory
{
    /// <summary>A console over the program's output.</summary>
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
