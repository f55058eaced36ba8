using TinyTcp.Core.Sessions;
using TinyTcp.Systems.Simulated;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>
/// Clients act at their times, step by step, also while the loop's process is stopped. A pause begins at a call that the loop
/// makes to its system.
/// </summary>
internal sealed class PausedRun : IDisposable
{
    private const int MaxSteps = 20_000;
    private const int MaxGap = 90;

    private static readonly TimeSpan EndGap = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseUnit = TimeSpan.FromMilliseconds(5);

    private readonly Simulation simulation;
    private readonly (byte Gap, byte Act)[] steps;
    private readonly Queue<(byte Calls, byte Length)> pauses;
    private Action end = static () => { };
    private TimeSpan nextStepAt;
    private int step;
    private int calls;

    /// <summary>Connects the clients.</summary>
    /// <param name="limits">The server's limits.</param>
    /// <param name="steps">What the clients do: each time after the step before, and the act of the first client.</param>
    /// <param name="pauses">After how many calls since the last pause each begins, and how long it is.</param>
    /// <param name="readsSlowly">Whether two of the clients read slowly.</param>
    internal PausedRun(
        Limits limits,
        (byte Gap, byte Act)[] steps,
        (byte Calls, byte Length)[] pauses,
        bool readsSlowly
    )
    {
        this.steps = steps;
        this.pauses = new(pauses);
        simulation = new Simulation(limits, eventsPerWait: 2, receiveBuffer: 256, onMoment: OnMoment);
        Clients =
        [
            new PacedClient(new SimulatedPeer()),
            new PacedClient(readsSlowly ? SlowPeer(window: 64, buffer: 256) : new SimulatedPeer()),
            new PacedClient(readsSlowly ? SlowPeer(window: 90, buffer: 0) : new SimulatedPeer()),
        ];
        Array.ForEach(Clients, client => simulation.System.Connect(client.Peer));
    }

    internal PacedClient[] Clients { get; }

    internal bool HasStopped => simulation.HasStopped;

    /// <summary>Runs until every client has received FIN or a reset.</summary>
    /// <param name="last">What happens after the last step; then slow readers go on reading, and sending.</param>
    internal void Run(Action<Simulation, PacedClient[]> last)
    {
        end = () => last(simulation, Clients);
        while (!Array.TrueForAll(Clients, static client => client.IsOver) && !HasStopped)
        {
            Assert.True(step < MaxSteps, "The conversations do not end.");
            simulation.Advance(nextStepAt - simulation.System.Horizon);
            ActUntil(simulation.System.Time.Monotonic);
        }

        pauses.Clear();
        Array.ForEach(Clients, static client => client.Peer.Finish());
        simulation.Advance(Simulation.MaxLinger);
    }

    public void Dispose() => simulation.Dispose();

    private static SimulatedPeer SlowPeer(int window, int buffer) =>
        new()
        {
            ReceiveWindow = window,
            SendBuffer = buffer,
            ReadsAtOnce = false,
        };

    private bool OnMoment(SimulatedMoment moment)
    {
        if (!pauses.TryPeek(out var pause) || calls++ < pause.Calls)
        {
            return false;
        }

        (calls, _) = (0, pauses.Dequeue());
        var until = simulation.System.Time.Monotonic + (pause.Length * PauseUnit);
        ActUntil(until);
        simulation.System.Time.MoveTo(until);
        return moment == SimulatedMoment.Waiting;
    }

    private void ActUntil(TimeSpan time)
    {
        for (; nextStepAt <= time; step++)
        {
            simulation.System.Time.MoveTo(nextStepAt);
            Act();
            nextStepAt +=
                step < steps.Length ? TimeSpan.FromMilliseconds(1 + (steps[step].Gap % MaxGap)) : EndGap;
        }
    }

    private void Act()
    {
        if (step == steps.Length)
        {
            end();
        }

        for (var index = 0; index < Clients.Length; index++)
        {
            if (step < steps.Length)
            {
                Clients[index].Act(steps[step].Act + (3 * index));
            }

            Clients[index].Read();
        }
    }
}
