using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Parsing;

/// <summary>Numbers on a command line, judged: what is wrong is told with what would be right.</summary>
internal static class NumberParser
{
    private const double MinSeconds = 0.001;
    private const double MaxSeconds = 86_400;

    private static readonly string SecondsBounds = string.Create(
        CultureInfo.InvariantCulture,
        $"from {MinSeconds} to {MaxSeconds}"
    );

    /// <summary>A number of seconds.</summary>
    /// <param name="name">What it is, in a complaint.</param>
    /// <param name="text">What was given.</param>
    internal static Either<CliError, TimeSpan> Seconds(string name, string text) =>
        ParseSeconds(text)
            .Filter(static seconds => seconds > TimeSpan.Zero)
            .ToEither(() => BadArgument(name, text, $"a number of seconds {SecondsBounds}"));

    /// <summary>A number of seconds, or 0 for no time at all.</summary>
    /// <param name="name">What it is, in a complaint.</param>
    /// <param name="text">What was given.</param>
    internal static Either<CliError, TimeSpan> SecondsOrZero(string name, string text) =>
        ParseSeconds(text)
            .ToEither(() => BadArgument(name, text, $"a number of seconds, 0 or {SecondsBounds}"));

    /// <summary>A whole number from 1 on.</summary>
    /// <param name="name">What it is, in a complaint.</param>
    /// <param name="text">What was given.</param>
    /// <param name="max">The most that it may be; <see cref="long.MaxValue"/> for as much as one likes.</param>
    internal static Either<CliError, long> PositiveInteger(
        string name,
        string text,
        long max = long.MaxValue
    ) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= max
            ? number
            : BadArgument(
                name,
                text,
                max == long.MaxValue
                    ? "a whole number from 1 on"
                    : string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {max}")
            );

    private static Option<TimeSpan> ParseSeconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds is 0 or (>= MinSeconds and <= MaxSeconds)
            ? TimeSpan.FromSeconds(seconds)
            : Option<TimeSpan>.None;

    private static CliError BadArgument(string name, string text, string expected) =>
        CliError.From(new ClientError.InvalidArgument(name, text, expected));
}
