using Spectre.Console.Rendering;

namespace TinyTcp.Cli.Probing;

/// <summary>Words cut to columns, so that no terminal has to break them. Some characters take two columns.</summary>
internal static class Fit
{
    private const string Cut = "...";

    /// <summary>The beginning.</summary>
    internal static string Start(string words, int columns) =>
        Cells(words) <= columns
            ? words
            : $"{First(words, columns - Cut.Length)}{Cut[..Math.Clamp(columns, 0, Cut.Length)]}";

    /// <summary>Both ends: of an address, where it is and its port.</summary>
    internal static string Ends(string words, int columns)
    {
        var room = columns - Cut.Length;
        return Cells(words) <= columns
            ? words
            : $"{First(words, room - (room / 2))}{Cut}{Last(words, room / 2)}";
    }

    private static string First(string words, int columns)
    {
        var kept = words.Length;
        while (kept > 0 && (Cells(words[..kept]) > columns || char.IsHighSurrogate(words[kept - 1])))
        {
            kept--;
        }

        return words[..kept];
    }

    private static string Last(string words, int columns)
    {
        var left = 0;
        while (left < words.Length && (Cells(words[left..]) > columns || char.IsLowSurrogate(words[left])))
        {
            left++;
        }

        return words[left..];
    }

    private static int Cells(string words) => new Segment(words).CellCount();
}
