using System.Text;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>A reader of CSV by the grammar of RFC 4180.</summary>
internal static class CsvReader
{
    internal static string[][] Read(string csv)
    {
        var (rows, row, field) = (new List<string[]>(), new List<string>(), new StringBuilder());
        for (var at = 0; at < csv.Length; at++)
        {
            switch (csv[at])
            {
                case '"' when field.Length == 0:
                    at = ReadQuoted(csv, at + 1, field);
                    break;
                case ',':
                    row.Add(field.ToString());
                    field.Clear();
                    break;
                case '\r' when csv[at + 1] == '\n':
                    rows.Add([.. row, field.ToString()]);
                    row.Clear();
                    field.Clear();
                    at++;
                    break;
                default:
                    field.Append(csv[at]);
                    break;
            }
        }

        return [.. rows];
    }

    /// <summary>Reads up to the closing quote.</summary>
    /// <returns>The index of the closing quote.</returns>
    private static int ReadQuoted(string csv, int at, StringBuilder field)
    {
        while (csv[at] != '"' || csv[at + 1] == '"')
        {
            field.Append(csv[at]);
            at += csv[at] == '"' ? 2 : 1;
        }

        return at;
    }
}
