using System.Collections.Concurrent;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// Where the threads of a run meet: none begins before all are connected, all begin at the same time, and the first thing
/// that goes wrong ends them all. From any thread.
/// </summary>
/// <param name="threads">How many there are.</param>
/// <param name="load">What they are about to do.</param>
/// <param name="clock">Their clock.</param>
internal sealed class Gathering(int threads, Load load, LoadClock clock)
{
    private readonly Window[] windows = new Window[1];
    private readonly ConcurrentQueue<ClientError> errors = new();
    private volatile int missing = threads;
    private volatile bool isSet;
    private volatile bool isOver;

    /// <summary>Whether it is to end before its time.</summary>
    internal bool IsOver => isOver;

    /// <summary>A thread is ready; the last one says when it begins.</summary>
    internal void Arrive()
    {
        if (Interlocked.Decrement(ref missing) == 0)
        {
            var start = clock.Now;
            var from = start + LoadClock.Nanoseconds(load.WarmUp);
            windows[0] = new Window(start, from, from + LoadClock.Nanoseconds(load.Duration));
            isSet = true;
        }
    }

    /// <summary>What counts, once everybody is there.</summary>
    internal bool TryBegin(out Window window)
    {
        window = windows[0];
        return isSet;
    }

    /// <summary>What went wrong first, if anything did.</summary>
    internal Option<ClientError> Error => errors.TryPeek(out var first) ? first : Option<ClientError>.None;

    /// <summary>Nobody asks any more.</summary>
    internal void End() => isOver = true;

    /// <summary>Something has gone wrong, and so nobody does.</summary>
    internal void Fail(ClientError error)
    {
        errors.Enqueue(error);
        End();
    }
}

/// <summary>A clock in nanoseconds that only goes forward.</summary>
/// <param name="time">Whose it is.</param>
internal sealed class LoadClock(TimeProvider time)
{
    private readonly long perTick = 1_000_000_000 / time.TimestampFrequency;

    /// <summary>What it shows.</summary>
    internal long Now => time.GetTimestamp() * perTick;

    /// <summary>A length of time.</summary>
    internal static long Nanoseconds(TimeSpan time) =>
        time.Ticks * (1_000_000 / TimeSpan.TicksPerMillisecond);
}
