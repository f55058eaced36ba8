using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Probing;

/// <summary>All probes of one address, as far as anybody asks about them.</summary>
/// <param name="Address">Whom they called.</param>
internal sealed record Series(Target Address)
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
    internal Spread Connect { get; private init; } = Spread.Empty;

    /// <summary>How long greetings took, of probes that were answered.</summary>
    internal Spread Greeting { get; private init; } = Spread.Empty;

    /// <summary>How long replies took.</summary>
    internal Spread Reply { get; private init; } = Spread.Empty;

    private Option<TimeSpan> DownSince { get; init; }

    /// <summary>One more probe.</summary>
    internal Series Add(Sample sample)
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
                Connect = And(Connect, sample.Result.Connect),
                Greeting = And(Greeting, sample.Result.Greeting),
                Reply = And(Reply, sample.Result.Reply),
            }
            : this with
            {
                Lost = Lost + 1,
                LongestOutage = longest,
                DownSince = since,
            };
    }

    private static Spread And(Spread spread, Option<TimeSpan> time) =>
        time.Fold(spread, static (all, one) => all.Add(one));
}
