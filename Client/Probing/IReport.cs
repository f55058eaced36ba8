namespace TinyTcp.Cli.Probing;

/// <summary>Who is told how it goes: a style of output.</summary>
internal interface IReport
{
    /// <summary>Probing begins.</summary>
    void Begin(Plan plan);

    /// <summary>A probe has come to its end.</summary>
    /// <param name="sample">It.</param>
    /// <param name="tally">All so far, with it.</param>
    void Tell(Sample sample, Tally tally);

    /// <summary>Probing is over.</summary>
    /// <param name="tally">All.</param>
    void End(Tally tally);
}
