namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// Closed loop: each connection sends a batch, and the next one once all of it is answered. A latency counts from when the batch was
/// sent until the reply came, for each request once.
/// </summary>
/// <param name="connections">How many connections there are.</param>
/// <param name="depth">How many requests a batch has.</param>
internal sealed class ClosedPace(int connections, int depth) : Pace
{
    private readonly long[] sent = new long[connections];
    private readonly int[] underWay = new int[connections];
    private Window window;
    private int begun = int.MaxValue;

    /// <inheritdoc/>
    internal override long NextDue => begun < sent.Length ? window.Start : long.MaxValue;

    /// <inheritdoc/>
    internal override void Begin(Window window) => (this.window, begun) = (window, 0);

    /// <inheritdoc/>
    internal override bool TryNext(long now, out int connection)
    {
        var found = now >= NextDue;
        connection = found ? begun++ : 0;
        return found;
    }

    /// <inheritdoc/>
    internal override int Leave(int connection, long now)
    {
        if (underWay[connection] > 0 || now >= window.Until)
        {
            return 0;
        }

        sent[connection] = now;
        return underWay[connection] = depth;
    }

    /// <inheritdoc/>
    internal override void Answer(int connection, int count, long now, Measured measured)
    {
        underWay[connection] -= count;
        measured.Replies += window.Counts(now) ? count : 0;
        Count(connection, count, now, measured);
    }

    /// <inheritdoc/>
    internal override void GiveUp(long now, Measured measured)
    {
        for (var connection = 0; connection < sent.Length; connection++)
        {
            measured.Unanswered += Count(connection, underWay[connection], now, measured);
        }
    }

    /// <inheritdoc/>
    internal override int UnderWay(int connection) => underWay[connection];

    /// <inheritdoc/>
    internal override long Since(int connection) => sent[connection];

    private int Count(int connection, int count, long now, Measured measured)
    {
        var counted = window.Counts(sent[connection]) ? count : 0;
        measured.FromDue.Count(now - sent[connection], counted);
        return counted;
    }
}
