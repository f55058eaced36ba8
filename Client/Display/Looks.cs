using Spectre.Console;

namespace TinyTcp.Cli.Display;

/// <summary>Where output for people is drawn: no line is wider than a usual terminal, and colour says nothing that words do not.</summary>
internal static class Looks
{
    /// <summary>A console over the program's output.</summary>
    internal static IAnsiConsole On(TextWriter output, bool colours, Terminal terminal)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(output),
            }
        );
        console.Profile.Width = Math.Min(terminal.Width, Terminal.UsualWidth);
        return console;
    }
}
