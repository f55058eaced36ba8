using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using static System.FormattableString;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>How far a run is.</summary>
/// <param name="Name">What it does now.</param>
/// <param name="Fraction">How much of that is done, from 0 to 1, if known.</param>
/// <param name="Detail">The same in figures.</param>
internal sealed record LoadProgress(string Name, Option<double> Fraction, string Detail)
{
    /// <summary>The program finds the address of the server that accepts connections.</summary>
    internal static LoadProgress FindingAddress { get; } = Named("Connecting");

    /// <summary>The program measures scheduling jitter.</summary>
    internal static LoadProgress MeasuringJitter { get; } = Named("Measuring scheduling jitter");

    /// <summary>The progress of a load.</summary>
    /// <param name="profile">The load.</param>
    /// <param name="greeted">How many connections are established and greeted.</param>
    /// <param name="window">The measurement, once all of them are.</param>
    /// <param name="replies">The replies in the measurement.</param>
    /// <param name="now">The time on the clock of the window.</param>
    internal static LoadProgress Of(
        LoadProfile profile,
        int greeted,
        Option<MeasurementWindow> window,
        long replies,
        long now
    ) =>
        window
            .Map(known =>
                now < known.From ? Timed("Warming up", known.Start, known.From, now)
                : now >= known.Until ? Named("Waiting for the last replies")
                : profile
                    .Count.Map(count => Counted(replies, count, known.SecondsUntil(now)))
                    .IfNone(() => Timed("Measuring", known.From, known.Until, now))
            )
            .IfNone(() =>
                new(
                    "Connecting",
                    (double)greeted / profile.Connections,
                    Invariant($"{greeted:N0} of {profile.Connections:N0}")
                )
            );

    private static LoadProgress Named(string name) => new(name, Option<double>.None, "");

    private static LoadProgress Timed(string name, long from, long until, long now) =>
        Measured(name, (double)(now - from) / (until - from), (until - now) / 1e9);

    private static LoadProgress Counted(long replies, long count, double seconds) =>
        Measured("Measuring", Math.Min(1, (double)replies / count), seconds * (count - replies) / replies);

    private static LoadProgress Measured(string name, double fraction, double secondsLeft)
    {
        var left = secondsLeft switch
        {
            < 0 => Invariant($"{0:0.0} s"),
            < 100 => Invariant($"{secondsLeft:0.0} s"),
            < 100 * 60 => Invariant($"{secondsLeft / 60:0} min"),
            < 100 * 60 * 60 => Invariant($"{secondsLeft / 3600:0.0} h"),
            _ => "a long time",
        };
        return new(name, fraction, Invariant($"{Math.Floor(100 * fraction):0} %, {left} left"));
    }
}
