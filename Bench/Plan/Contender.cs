namespace TinyTcp.Bench.Plan;

/// <summary>A server that is measured.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Protocol">The protocol that it serves.</param>
/// <param name="Program">The file that must exist; otherwise the contender is left out.</param>
/// <param name="Command">The command that starts it on a port of 127.0.0.1; <c>''</c> is an empty argument.</param>
internal sealed record Contender(string Name, Protocol Protocol, string Program, Func<int, string> Command)
{
    /// <summary>The command that prints its version; empty if it is built from this repository.</summary>
    public string Version { get; init; } = "";

    /// <summary>Whether it is compiled at run time, and so needs a longer warm-up.</summary>
    public bool IsJitted { get; init; }

    /// <summary>Whether <see cref="Program"/> needs no other file, so that its size is worth a column.</summary>
    public bool IsSingleFile { get; init; }

    /// <summary>Whether it is measured in basic workloads only.</summary>
    public bool IsBasicOnly { get; init; }
}
