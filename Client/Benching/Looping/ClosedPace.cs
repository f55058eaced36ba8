namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// Closed loop: each line sends a batch, and the next one once all of it is answered. A latency counts from when the batch was
/// sent until the reply came, for each request once.
/// </summary>
/// <param name="lines">How many lines there are.</param>
/// <param name="depth">How many requests a batch has.</param>
internal sealed class ClosedPace(int lines, int depth) : Pace
{
    private readonly long[] sent = new long[lines];
    private readonly int[] underWay = new int[lines];
    private Window window;
    private int begun = int.MaxValue;

    /// <inheritdoc/>
    internal override long NextDue => begun < sent.Length ? window.Start : long.MaxValue;

    /// <inheritdoc/>
    internal override void Begin(Window window) => (this.window, begun) = (window, 0);

    /// <inheritdoc/>
    internal override bool TryNext(long now, out int line)
    {
        var found = now >= NextDue;
        line = found ? begun++ : 0;
        return found;
    }

    /// <inheritdoc/>
    internal override int Leave(int line, long now)
    {
        if (underWay[line] > 0 || now >= window.Until)
        {
            return 0;
        }

        sent[line] = now;
        return underWay[line] = depth;
    }

    /// <inheritdoc/>
    internal override void Answer(int line, int count, long now, Tally tally)
    {
        underWay[line] -= count;
        if (window.Counts(sent[line]))
        {
            tally.Counting.Corrected.Count(now - sent[line], count);
        }
    }

    /// <inheritdoc/>
    internal override int UnderWay(int line) => underWay[line];

    /// <inheritdoc/>
    internal override long Since(int line) => sent[line];
}
