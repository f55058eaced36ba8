using System.Runtime.InteropServices;

namespace TinyTcp.Shell;

/// <summary>
/// Whoever cannot wait for a stop in order, which the host does at the first SIGINT or SIGTERM, sends another.
/// </summary>
internal sealed class ForcedStopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> registrations;
    private readonly Action stopNow;
    private int count;

    /// <summary>Listens to signals.</summary>
    /// <param name="stopNow">What the second one does.</param>
    public ForcedStopSignals(Action stopNow)
    {
        this.stopNow = stopNow;
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Count),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Count),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => registrations.ForEach(static registration => registration.Dispose());

    private void Count(PosixSignalContext signal)
    {
        // The first is the host's, and ends the program where it comes before the host listens.
        if (Interlocked.Increment(ref count) > 1)
        {
            signal.Cancel = true;
            stopNow();
        }
    }
}
