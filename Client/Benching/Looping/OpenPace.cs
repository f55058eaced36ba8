namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// Open loop: requests are due at a constant rate, one line after the other, whether replies come or not. A line that has as
/// many under way as it may sends the next one late; the corrected latency counts from when it was due all the same, so that a
/// server that stalls is seen to stall all who would have come meanwhile. The raw one counts from when it was sent.
/// </summary>
/// <param name="lines">How many lines there are.</param>
/// <param name="depth">How many requests a line may have under way.</param>
/// <param name="schedule">When requests are due.</param>
internal sealed class OpenPace(int lines, int depth, Schedule schedule) : Pace
{
    private readonly long[] sentAt = new long[lines * depth];
    private readonly long[] sent = new long[lines];
    private readonly long[] answered = new long[lines];
    private Window window;
    private long due = long.MaxValue;
    private long passed;

    /// <inheritdoc/>
    internal override long NextDue => due < window.Until ? due : long.MaxValue;

    /// <inheritdoc/>
    internal override void Begin(Window window) => (this.window, due) = (window, Due(0));

    /// <inheritdoc/>
    internal override bool TryNext(long now, out int line)
    {
        line = (int)(passed % lines);
        if (now < due || due >= window.Until)
        {
            return false;
        }

        due = Due(++passed);
        return true;
    }

    /// <inheritdoc/>
    internal override int Leave(int line, long now)
    {
        var count = 0;
        while (sent[line] - answered[line] < depth && (sent[line] * lines) + line < passed)
        {
            sentAt[Slot(line, sent[line]++)] = now;
            count++;
        }

        return count;
    }

    /// <inheritdoc/>
    internal override void Answer(int line, int count, long now, Tally tally)
    {
        for (; count > 0; count--)
        {
            var index = answered[line]++;
            var wasDue = Due((index * lines) + line);
            if (window.Counts(wasDue))
            {
                tally.Counting.Corrected.Count(now - wasDue, 1);
                tally.Counting.Raw.Count(now - sentAt[Slot(line, index)], 1);
            }
        }
    }

    /// <inheritdoc/>
    internal override int UnderWay(int line) => (int)(sent[line] - answered[line]);

    /// <inheritdoc/>
    internal override long Since(int line) => sentAt[Slot(line, answered[line])];

    private long Due(long index) => window.Start + schedule.Due(index);

    private int Slot(int line, long index) => (line * depth) + (int)(index % depth);
}
