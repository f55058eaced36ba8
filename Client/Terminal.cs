namespace TinyTcp.Cli;

/// <summary>Which of the program's streams are a terminal, and how large it is.</summary>
/// <param name="Input">Whether keys come in.</param>
/// <param name="Output">Whether the output is looked at.</param>
/// <param name="Error">Whether complaints are looked at.</param>
/// <param name="Width">Columns.</param>
internal sealed record Terminal(bool Input, bool Output, bool Error, int Width)
{
    /// <summary>The width that everything fits in, whatever the terminal's.</summary>
    internal const int UsualWidth = 80;

    private const int UsualHeight = 24;

    /// <summary>Rows; asked for when they are needed.</summary>
    internal Func<int> Height { get; init; } = static () => UsualHeight;

    /// <summary>None: files, pipes, or a test.</summary>
    internal static Terminal None { get; } = new(Input: false, Output: false, Error: false, UsualWidth);

    /// <summary>What the process was started with.</summary>
    internal static Terminal OfTheProcess()
    {
        var (input, output, error) = (
            !Console.IsInputRedirected,
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected
        );
        return new(input, output, error, output || error ? Math.Max(1, Console.WindowWidth) : UsualWidth)
        {
            Height = static () => Math.Max(1, Console.WindowHeight),
        };
    }
}
