namespace TinyTcp.Server.EventLoops;

/// <summary>
/// Up to when everything that had arrived has been handled. Deadlines are compared with this time and not with the clock:
/// a process that was stopped, or had more events than one wait reports, has not seen yet what came in time (S-5, S-6, S-12).
/// </summary>
internal struct ObservedTime
{
    // Some peers always have more for the next wait. This is more waits than it takes to see once what all had sent.
    private const int MinWaits = 64;
    private const int ConnectionsPerWait = 64;

    private TimeSpan firstWait;
    private int waits;

    /// <summary>The time.</summary>
    public TimeSpan Value { get; private set; }

    /// <summary>A wait begins.</summary>
    /// <param name="time">The clock's time.</param>
    public void OnWait(TimeSpan time) => firstWait = waits++ == 0 ? time : firstWait;

    /// <summary>The events of a wait are handled.</summary>
    /// <param name="areAll">Whether the wait left nothing to the next one.</param>
    /// <param name="connections">How many connections there are.</param>
    public void OnHandled(bool areAll, int connections)
    {
        if (areAll || waits >= MinWaits + (connections / ConnectionsPerWait))
        {
            (Value, waits) = (firstWait, 0);
        }
    }
}
