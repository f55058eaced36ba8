namespace TinyTcp.Tests.Battery;

/// <summary>
/// The size of a trial: brief in <c>dotnet test</c>, full in <c>Tests/battery</c>. Only full trials check durations and
/// memory.
/// </summary>
internal readonly record struct Scale(bool IsFull)
{
    /// <summary>Names the file for the table's rows; if it is set, the trials run in full.</summary>
    private const string TableVariable = "TINYTCP_TEST_BATTERY_TABLE";

    /// <summary>The file for the table's rows, if any.</summary>
    internal static string? Table => Environment.GetEnvironmentVariable(TableVariable);

    /// <summary>The scale that the environment selects.</summary>
    internal static Scale Requested => new(Table is not null);

    /// <summary>The scale of the warm-up.</summary>
    internal static Scale Brief => new(IsFull: false);

    /// <summary>The count for this scale.</summary>
    internal int Choose(int brief, int full) => IsFull ? full : brief;
}
