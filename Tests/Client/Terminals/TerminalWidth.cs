using FsCheck;
using FsCheck.Fluent;

namespace TinyTcp.Tests.Client.Terminals;

/// <summary>The columns of a terminal, from very narrow to wide.</summary>
public sealed record TerminalWidth(int Columns)
{
    internal static Gen<TerminalWidth> Any =>
        Gen.Frequency((1, Gen.Choose(1, 12)), (4, Gen.Choose(13, 90)))
            .Select(static columns => new TerminalWidth(columns));

    internal static IEnumerable<TerminalWidth> Shrink(TerminalWidth width) =>
        new[] { 1, width.Columns / 2, width.Columns - 1 }
            .Where(columns => columns > 0 && columns < width.Columns)
            .Select(static columns => new TerminalWidth(columns));
}
