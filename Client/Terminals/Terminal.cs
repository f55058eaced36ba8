namespace TinyTcp.Cli.Terminals;

/// <summary>Which of the program's streams are a terminal, and how large it is.</summary>
/// <param name="HasInput">Whether keys come in.</param>
/// <param name="HasOutput">Whether the output is looked at.</param>
/// <param name="HasError">Whether complaints are looked at.</param>
/// <param name="GetWidth">Asks how many columns it has; 0 where it does not know.</param>
internal sealed record Terminal(bool HasInput, bool HasOutput, bool HasError, Func<int> GetWidth)
{
    /// <summary>The columns that tables, help and probes keep to, and those of whatever does not know its own.</summary>
    internal const int DefaultWidth = 80;

    private const int DefaultHeight = 24;

    /// <summary>Rows; asked for when they are needed.</summary>
    internal Func<int> GetHeight { get; init; } = static () => DefaultHeight;

    /// <summary>None: files, pipes, or a test.</summary>
    internal static Terminal None { get; } =
        new(HasInput: false, HasOutput: false, HasError: false, static () => DefaultWidth);

    /// <summary>Columns. Only what has to fit in asks: elsewhere than on Linux it has .NET take the terminal over.</summary>
    internal int Width => GetWidth() is > 0 and var columns ? columns : DefaultWidth;

    /// <summary>What the process was started with.</summary>
    internal static Terminal FromProcess()
    {
        var (input, output, error) = (
            !Console.IsInputRedirected,
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected
        );
        var shown = output ? Tty.StandardOutput : Tty.StandardError;
        return new(input, output, error, output || error ? () => MeasureWidth(shown) : None.GetWidth)
        {
            GetHeight = () => Math.Max(1, MeasureHeight(shown)),
        };
    }

    private static int MeasureWidth(int descriptor) =>
        OperatingSystem.IsLinux() ? Tty.WindowSizeOf(descriptor).Columns : Console.WindowWidth;

    private static int MeasureHeight(int descriptor) =>
        OperatingSystem.IsLinux() ? Tty.WindowSizeOf(descriptor).Rows : Console.WindowHeight;
}
