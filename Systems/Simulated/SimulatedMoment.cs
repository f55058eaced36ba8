namespace TinyTcp.Systems.Simulated;

/// <summary>A moment at which a process may be stopped for a while.</summary>
public enum SimulatedMoment
{
    /// <summary>In a wait, which then returns nothing: a signal interrupts it.</summary>
    Waiting,

    /// <summary>After a wait has found its events.</summary>
    Waited,

    /// <summary>Before the next event is taken.</summary>
    Handling,
}
