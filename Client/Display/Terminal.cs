namespace TinyTcp.Cli.Display;

/// <summary>Which of the program's streams are a terminal, and how large it is.</summary>
/// <param name="Input">Whether keys come in.</param>
/// <param name="Output">Whether the output is looked at.</param>
/// <param name="Error">Whether complaints are looked at.</param>
/// <param name="Measure">Asks how many columns it has; 0 where it does not know.</param>
internal sealed record Terminal(bool Input, bool Output, bool Error, Func<int> Measure)
{
    /// <summary>The columns that tables, help and probes keep to, and those of whatever does not know its own.</summary>
    internal const int UsualWidth = 80;

    private const int UsualHeight = 24;

    /// <summary>Rows; asked for when they are needed.</summary>
    internal Func<int> Height { get; init; } = static () => UsualHeight;

    /// <summary>None: files, pipes, or a test.</summary>
    internal static Terminal None { get; } =
        new(Input: false, Output: false, Error: false, static () => UsualWidth);

    /// <summary>Columns. Only what has to fit in asks: elsewhere than on Linux it has .NET take the terminal over.</summary>
    internal int Width => Measure() is > 0 and var columns ? columns : UsualWidth;

    /// <summary>What the process was started with.</summary>
    internal static Terminal OfTheProcess()
    {
        var (input, output, error) = (
            !Console.IsInputRedirected,
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected
        );
        var shown = output ? Descriptor.Output : Descriptor.Error;
        return new(input, output, error, output || error ? () => MeasureWidth(shown) : None.Measure)
        {
            Height = () => Math.Max(1, MeasureHeight(shown)),
        };
    }

    private static int MeasureWidth(int descriptor) =>
        OperatingSystem.IsLinux() ? Descriptor.Window(descriptor).Columns : Console.WindowWidth;

    private static int MeasureHeight(int descriptor) =>
        OperatingSystem.IsLinux() ? Descriptor.Window(descriptor).Rows : Console.WindowHeight;
}
