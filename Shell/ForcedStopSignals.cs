using System.Runtime.InteropServices;

namespace TinyTcp.Shell;

/// <summary>
/// Forces the stop at the second SIGINT, SIGTERM or SIGQUIT. The first is the host's, which then stops in order; where
/// it arrives before the host handles signals, it ends the process as usual. After the host has stopped, none has an effect:
/// the process is about to end with the exit code of its stop.
/// </summary>
internal sealed class ForcedStopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;
    private readonly Action stopNow;
    private volatile bool hasStarted;
    private int count;

    /// <summary>Begins to count signals.</summary>
    /// <param name="stopNow">Called at the second signal and each later one, from any thread.</param>
    public ForcedStopSignals(Action stopNow)
    {
        this.stopNow = stopNow;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT];
        registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(registrations, static registration => registration.Dispose());

    /// <summary>
    /// The server has started. Forces the stop if a second signal has arrived: one that arrives before has no server to stop.
    /// </summary>
    public void OnStarted()
    {
        hasStarted = true;
        if (Volatile.Read(ref count) > 1)
        {
            stopNow();
        }
    }

    private void OnSignal(PosixSignalContext signal)
    {
        var isSecond = Interlocked.Increment(ref count) > 1;
        signal.Cancel |= isSecond || hasStarted;
        if (isSecond)
        {
            stopNow();
        }
    }
}
