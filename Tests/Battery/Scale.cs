namespace TinyTcp.Tests.Battery;

/// <summary>How much is done: little with every change, all of it by <c>Tests/battery</c>, which also looks at the clock.</summary>
internal readonly record struct Scale(bool IsFull)
{
    /// <summary>Names the file that the table's rows are written to; all is done where it is set.</summary>
    private const string TableVariable = "TINYTCP_BATTERY_TABLE";

    /// <summary>Where the rows go, if anywhere.</summary>
    internal static string? Table => Environment.GetEnvironmentVariable(TableVariable);

    /// <summary>What was asked for.</summary>
    internal static Scale Asked => new(Table is not null);

    /// <summary>Little, to warm a server up.</summary>
    internal static Scale Little => new(IsFull: false);

    /// <summary>How many of something.</summary>
    internal int Of(int little, int all) => IsFull ? all : little;
}
