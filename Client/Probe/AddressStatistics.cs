using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>The statistics of all probes of one address. Times are from the start of the run. Probes may overlap.</summary>
internal sealed class AddressStatistics(ServerEndPoint address)
{
    // The starts of probes that have not ended, in order.
    private readonly List<TimeSpan> underWay = [];

    // The starts of lost probes whose outages may still change, in order.
    private readonly List<TimeSpan> lost = [];

    // The replies after the start of the oldest probe under way, in order.
    private readonly List<TimeSpan> replies = [];

    // The longest of the outages that no longer change.
    private TimeSpan longestSettled;
    private TimeSpan lastEnd;

    internal ServerEndPoint Address => address;

    internal long Answered { get; private set; }

    internal long Lost { get; private set; }

    internal long Sent => Answered + Lost;

    internal double LossPercent => Sent == 0 ? 0 : 100.0 * Lost / Sent;

    /// <summary>Probes that have not ended; after the end of the run, those that it cancelled.</summary>
    internal int UnderWay => underWay.Count;

    /// <summary>After the end of the run, how long the oldest probe that it cancelled had waited.</summary>
    internal Option<TimeSpan> LongestWait { get; private set; }

    /// <summary>Probes that were due and did not start.</summary>
    internal long Skipped { get; private set; }

    /// <summary>
    /// The longest time from the start of a lost probe to the next correct reply, whichever probe's it is, or to the end of the
    /// last probe.
    /// </summary>
    internal TimeSpan LongestOutage => lost.Select(OutageFrom).Append(longestSettled).Max();

    /// <summary>The connect times of answered probes.</summary>
    internal Distribution Connect { get; } = new();

    /// <summary>The greeting times of answered probes.</summary>
    internal Distribution Greeting { get; } = new();

    /// <summary>The reply times.</summary>
    internal Distribution Reply { get; } = new();

    /// <summary>A probe starts.</summary>
    internal void Start(TimeSpan start) => underWay.Add(start);

    /// <summary>Probes were due and do not start.</summary>
    internal void Skip(long count) => Skipped += count;

    /// <summary>A probe has ended.</summary>
    internal void Add(ProbeSample sample)
    {
        underWay.Remove(sample.Start);
        if (sample.IsAnswered)
        {
            Answered++;
            sample.Result.Connect.Iter(Connect.Add);
            sample.Result.Greeting.Iter(Greeting.Add);
            sample.Result.Reply.Iter(Reply.Add);
            Insert(replies, sample.End);
        }
        else
        {
            Lost++;
            Insert(lost, sample.Start);
        }

        lastEnd = sample.End > lastEnd ? sample.End : lastEnd;
        Settle();
    }

    /// <summary>The run ends.</summary>
    internal void End(TimeSpan now) =>
        LongestWait = underWay.Count == 0 ? Option<TimeSpan>.None : now - underWay.Min();

    /// <summary>
    /// Forgets what the probes under way cannot change. They may still report an early reply, because they end with the goodbye;
    /// but none before the start of the oldest.
    /// </summary>
    private void Settle()
    {
        var oldest = underWay.Count == 0 ? lastEnd : underWay[0];
        foreach (var start in lost.Where(start => NextReply(start).Exists(reply => reply <= oldest)))
        {
            longestSettled = OutageFrom(start) > longestSettled ? OutageFrom(start) : longestSettled;
        }

        lost.RemoveAll(start => NextReply(start).Exists(reply => reply <= oldest));
        // The others that began before the oldest one have the same end.
        var first = lost.FirstOrDefault();
        lost.RemoveAll(start => start > first && start <= oldest);
        replies.RemoveAll(reply => reply <= oldest);
    }

    private TimeSpan OutageFrom(TimeSpan start) => NextReply(start).IfNone(lastEnd) - start;

    private Option<TimeSpan> NextReply(TimeSpan start) => replies.Where(reply => reply > start).ToOption();

    /// <summary>Inserts a time into a list that is in order.</summary>
    private static void Insert(List<TimeSpan> times, TimeSpan time)
    {
        var index = times.BinarySearch(time);
        times.Insert(index < 0 ? ~index : index, time);
    }
}
