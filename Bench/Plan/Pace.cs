namespace TinyTcp.Bench.Plan;

/// <summary>How long things take.</summary>
/// <param name="Rounds">How often everything is done.</param>
/// <param name="Seconds">What is measured of a cell.</param>
/// <param name="WarmUp">What goes before, in the same cell.</param>
/// <param name="JitWarmUp">What goes before a server's first cell where it is compiled as it runs.</param>
internal sealed record Pace(int Rounds, double Seconds, double WarmUp, double JitWarmUp)
{
    /// <summary>For figures that are to be believed.</summary>
    public static Pace Full { get; } = new(5, 1.0, 0.3, 4);

    /// <summary>To see that everything works.</summary>
    public static Pace Quick { get; } = new(1, 0.3, 0.1, 1);
}
