using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>The statistics of all probes of one address.</summary>
internal sealed class AddressStatistics(ServerEndPoint address)
{
    private Option<TimeSpan> outageStart;

    internal ServerEndPoint Address => address;

    internal long Answered { get; private set; }

    internal long Lost { get; private set; }

    internal long Sent => Answered + Lost;

    internal double LossPercent => Sent == 0 ? 0 : 100.0 * Lost / Sent;

    /// <summary>The longest time from the start of a lost probe to the next correct reply, or to the end of the last probe.</summary>
    internal TimeSpan LongestOutage { get; private set; }

    /// <summary>The connect times of answered probes.</summary>
    internal Distribution Connect { get; } = new();

    /// <summary>The greeting times of answered probes.</summary>
    internal Distribution Greeting { get; } = new();

    /// <summary>The reply times.</summary>
    internal Distribution Reply { get; } = new();

    internal void Add(ProbeSample sample)
    {
        outageStart = outageStart || (sample.IsAnswered ? Option<TimeSpan>.None : sample.Start);
        var outage = outageStart.Map(start => sample.End - start).IfNone(TimeSpan.Zero);
        LongestOutage = outage > LongestOutage ? outage : LongestOutage;
        if (sample.IsAnswered)
        {
            Answered++;
            outageStart = default;
            sample.Result.Connect.Iter(Connect.Add);
            sample.Result.Greeting.Iter(Greeting.Add);
            sample.Result.Reply.Iter(Reply.Add);
        }
        else
        {
            Lost++;
        }
    }
}
