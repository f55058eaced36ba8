using System.Buffers;

namespace TinyTcp.Cli.Probe;

/// <summary>Rows of comma-separated values as RFC 4180 has them.</summary>
internal static class Csv
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>A row, with the end of its line.</summary>
    internal static string Row(IEnumerable<string> fields) => $"{string.Join(',', fields.Select(Field))}\r\n";

    private static string Field(string value) =>
        value.AsSpan().ContainsAny(Special)
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;
}
