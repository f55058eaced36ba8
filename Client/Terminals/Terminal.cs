using TinyTcp.Systems.Linux;

namespace TinyTcp.Cli.Terminals;

/// <summary>Which standard streams are a terminal, and its size.</summary>
/// <param name="HasInput">Whether standard input is a terminal.</param>
/// <param name="HasOutput">Whether standard output is a terminal.</param>
/// <param name="HasError">Whether standard error is a terminal.</param>
/// <param name="GetWidth">Gets the number of columns; 0 if unknown.</param>
internal sealed record Terminal(bool HasInput, bool HasOutput, bool HasError, Func<int> GetWidth)
{
    /// <summary>The width of an unknown terminal, and the maximum width of help and probe output.</summary>
    internal const int DefaultWidth = 80;

    /// <summary>The height of an unknown terminal.</summary>
    internal const int DefaultHeight = 24;

    /// <summary>Gets the number of rows; 0 if unknown.</summary>
    internal Func<int> GetHeight { get; init; } = static () => DefaultHeight;

    /// <summary>No stream is a terminal.</summary>
    internal static Terminal None { get; } =
        new(HasInput: false, HasOutput: false, HasError: false, static () => DefaultWidth);

    /// <summary>The number of columns. Except on Linux, reading it makes .NET change the terminal's mode: read it only if needed.</summary>
    internal int Width => GetWidth() is > 0 and var columns ? columns : DefaultWidth;

    /// <summary>The number of rows.</summary>
    internal int Height => GetHeight() is > 0 and var rows ? rows : DefaultHeight;

    internal static Terminal FromProcess()
    {
        var (input, output, error) = (
            !Console.IsInputRedirected,
            !Console.IsOutputRedirected,
            !Console.IsErrorRedirected
        );
        var descriptor = output ? StandardStreams.Output : StandardStreams.Error;
        return new(input, output, error, output || error ? () => MeasureWidth(descriptor) : None.GetWidth)
        {
            GetHeight = () => MeasureHeight(descriptor),
        };
    }

    private static int MeasureWidth(int descriptor) =>
        OperatingSystem.IsLinux() ? Tty.WindowSizeOf(descriptor).Columns : Console.WindowWidth;

    private static int MeasureHeight(int descriptor) =>
        OperatingSystem.IsLinux() ? Tty.WindowSizeOf(descriptor).Rows : Console.WindowHeight;
}
