using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>The statistics of all probes of one address. Times are from the start of the run. Probes may overlap.</summary>
internal sealed class AddressStatistics(ServerEndPoint address)
{
    // The starts of probes that have not ended, in order.
    private readonly List<TimeSpan> underWay = [];

    // The first reply after the start of each of them, if there was one.
    private readonly List<TimeSpan> replies = [];

    // The start of the first lost probe after which no reply has arrived.
    private Option<TimeSpan> outageStart;

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
    internal TimeSpan LongestOutage { get; private set; }

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
            OnReply(sample.End);
        }
        else
        {
            Lost++;
            OnLost(sample);
        }

        replies.RemoveAll(reply => underWay.Count == 0 || reply <= underWay[0]);
    }

    /// <summary>The run ends.</summary>
    internal void End(TimeSpan now) =>
        LongestWait = underWay.Count == 0 ? Option<TimeSpan>.None : now - underWay.Min();

    private void OnReply(TimeSpan time)
    {
        AddOutage(outageStart, time);
        outageStart = default;
        // If the newest probe has its first reply already, so have all.
        if (underWay.Count > 0 && replies.TrueForAll(reply => reply <= underWay[^1]))
        {
            replies.Add(time);
        }
    }

    private void OnLost(ProbeSample sample)
    {
        var reply = replies
            .Where(reply => reply > sample.Start)
            .Select(static reply => Prelude.Some(reply))
            .FirstOrDefault();
        AddOutage(reply.Map(_ => sample.Start), reply.IfNone(sample.End));
        outageStart = reply.IsSome
            ? outageStart
            : outageStart.Filter(start => start < sample.Start) || Prelude.Some(sample.Start);
        AddOutage(outageStart, sample.End);
    }

    private void AddOutage(Option<TimeSpan> start, TimeSpan end)
    {
        var outage = start.Map(from => end - from).IfNone(TimeSpan.Zero);
        LongestOutage = outage > LongestOutage ? outage : LongestOutage;
    }
}
