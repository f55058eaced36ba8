using System.Globalization;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli;

/// <summary>Numbers on a command line, judged: what is wrong is told with what would be right.</summary>
internal static class Numbers
{
    private const double FewestSeconds = 0.001;
    private const double MostSeconds = 86_400;

    private static readonly string SecondsBounds = string.Create(
        CultureInfo.InvariantCulture,
        $"from {FewestSeconds} to {MostSeconds}"
    );

    /// <summary>A number of seconds.</summary>
    /// <param name="what">What it is, in a complaint.</param>
    /// <param name="written">What was given.</param>
    internal static Either<Complaint, TimeSpan> Seconds(string what, string written) =>
        ReadSeconds(written)
            .Filter(static seconds => seconds > TimeSpan.Zero)
            .ToEither(() => Wrong(what, written, $"a number of seconds {SecondsBounds}"));

    /// <summary>A number of seconds, or 0 for no time at all.</summary>
    /// <param name="what">What it is, in a complaint.</param>
    /// <param name="written">What was given.</param>
    internal static Either<Complaint, TimeSpan> SecondsOrNone(string what, string written) =>
        ReadSeconds(written)
            .ToEither(() => Wrong(what, written, $"a number of seconds, 0 or {SecondsBounds}"));

    /// <summary>A whole number from 1 on.</summary>
    /// <param name="what">What it is, in a complaint.</param>
    /// <param name="written">What was given.</param>
    /// <param name="most">The most that it may be; <see cref="long.MaxValue"/> for as much as one likes.</param>
    internal static Either<Complaint, long> Whole(string what, string written, long most = long.MaxValue) =>
        long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= most
            ? number
            : Wrong(
                what,
                written,
                most == long.MaxValue
                    ? "a whole number from 1 on"
                    : string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {most}")
            );

    private static Option<TimeSpan> ReadSeconds(string written) =>
        double.TryParse(
            written,
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var seconds
        ) && seconds is 0 or (>= FewestSeconds and <= MostSeconds)
            ? TimeSpan.FromSeconds(seconds)
            : Option<TimeSpan>.None;

    private static Complaint Wrong(string what, string written, string needed) =>
        Complaint.Of(new ClientError.BadArgument(what, written, needed));
}
