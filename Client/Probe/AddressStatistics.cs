using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>All probes of one address, as far as anybody asks about them.</summary>
/// <param name="Address">Whom they called.</param>
internal sealed record AddressStatistics(ServerEndPoint Address)
{
    /// <summary>How many got the right reply.</summary>
    internal long Answered { get; private init; }

    /// <summary>How many did not.</summary>
    internal long Lost { get; private init; }

    /// <summary>How many came to an end, either way.</summary>
    internal long Sent => Answered + Lost;

    /// <summary>Lost ones in a hundred; zero where there are none.</summary>
    internal double LossPercent => Sent == 0 ? 0 : 100.0 * Lost / Sent;

    /// <summary>
    /// The longest time without an answer: from the beginning of a lost probe to the next right reply, or else to the end of
    /// the last probe.
    /// </summary>
    internal TimeSpan LongestOutage { get; private init; }

    /// <summary>How long connections took, of probes that were answered.</summary>
    internal Distribution Connect { get; private init; } = Distribution.Empty;

    /// <summary>How long greetings took, of probes that were answered.</summary>
    internal Distribution Greeting { get; private init; } = Distribution.Empty;

    /// <summary>How long replies took.</summary>
    internal Distribution Reply { get; private init; } = Distribution.Empty;

    private Option<TimeSpan> DownSince { get; init; }

    /// <summary>One more probe.</summary>
    internal AddressStatistics Add(ProbeSample sample)
    {
        var since = DownSince.IfNone(sample.Start);
        var outage = sample.IsAnswered && DownSince.IsNone ? TimeSpan.Zero : sample.End - since;
        var longest = outage > LongestOutage ? outage : LongestOutage;
        return sample.IsAnswered
            ? this with
            {
                Answered = Answered + 1,
                LongestOutage = longest,
                DownSince = default,
                Connect = AddIfPresent(Connect, sample.Result.Connect),
                Greeting = AddIfPresent(Greeting, sample.Result.Greeting),
                Reply = AddIfPresent(Reply, sample.Result.Reply),
            }
            : this with
            {
                Lost = Lost + 1,
                LongestOutage = longest,
                DownSince = since,
            };
    }

    private static Distribution AddIfPresent(Distribution distribution, Option<TimeSpan> time) =>
        time.Fold(distribution, static (all, one) => all.Add(one));
}
