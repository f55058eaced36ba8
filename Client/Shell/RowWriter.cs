using System.Text;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell;

/// <summary>Wraps printable texts between text elements, one after the other.</summary>
/// <param name="width">The columns of a row.</param>
/// <param name="column">The first free column.</param>
internal sealed class RowWriter(int width, int column)
{
    // Stands for a character that cannot be shown.
    private const string Mark = "\uFFFD";

    /// <summary>The rows so far.</summary>
    internal int Count { get; private set; } = 1;

    /// <summary>The first free column of the last row.</summary>
    internal int Column { get; private set; } = column;

    /// <summary>A text with line ends where rows end. What is wider than a row is replaced by a mark.</summary>
    internal string Wrap(string text)
    {
        var wrapped = new StringBuilder();
        foreach (var element in TextElements.Split(text))
        {
            wrapped.Append(WrapWhole(DisplayWidth.Of(element) <= width ? element : Mark));
        }

        return $"{wrapped}";
    }

    /// <summary>A text that is in one row, in the next one if it does not fit.</summary>
    internal string WrapWhole(string text)
    {
        var columns = DisplayWidth.Of(text);
        if (columns > width)
        {
            return "";
        }

        var isNextRow = Column + columns > width;
        Count += isNextRow ? 1 : 0;
        Column = (isNextRow ? 0 : Column) + columns;
        return isNextRow ? $"\n{text}" : text;
    }
}
