namespace TinyTcp.Cli.Terminals;

/// <summary>Bars and sparklines, of block elements or of ASCII.</summary>
/// <param name="IsUnicode">Whether the terminal shows Unicode.</param>
internal sealed record Bars(bool IsUnicode)
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const string AsciiLevels = "_.-:=+*#";
    private const string Eighths = "▏▎▍▌▋▊▉█";
    private const string AsciiEighths = "       #";

    /// <summary>A bar from the left. Where there is anything, it is at least an eighth of a column.</summary>
    /// <param name="fraction">How much of the columns: 0 to 1.</param>
    /// <param name="columns">The columns of a whole bar.</param>
    internal string Bar(double fraction, int columns)
    {
        var steps = IsUnicode ? Eighths : AsciiEighths;
        var eighths = (int)Math.Ceiling(Math.Clamp(fraction, 0, 1) * columns * steps.Length);
        var rest = eighths % steps.Length;
        return $"{new string(steps[^1], eighths / steps.Length)}{(rest > 0 ? steps[rest - 1] : "")}".TrimEnd();
    }

    /// <summary>A character for each value, by its share of the highest.</summary>
    internal string Sparkline(IReadOnlyCollection<double> values)
    {
        var levels = IsUnicode ? Levels : AsciiLevels;
        var highest = values.DefaultIfEmpty().Max();
        return string.Concat(
            values.Select(value => levels[highest > 0 ? (int)(value / highest * (levels.Length - 1)) : 0])
        );
    }
}
