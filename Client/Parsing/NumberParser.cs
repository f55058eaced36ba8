using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Parsing;

/// <summary>Parses numbers; an error has the name of the value, the text and the valid range.</summary>
internal static class NumberParser
{
    private const double MinSeconds = 0.001;
    private const double MaxSeconds = 86_400;

    private static readonly string SecondsRange = string.Create(
        CultureInfo.InvariantCulture,
        $"from {MinSeconds} to {MaxSeconds}"
    );

    /// <summary>A positive number of seconds.</summary>
    internal static Either<CliError, TimeSpan> Seconds(string name, string text) =>
        ParseSeconds(text)
            .Filter(static seconds => seconds > TimeSpan.Zero)
            .ToEither(() => InvalidValue(name, text, $"a number of seconds {SecondsRange}"));

    /// <summary>A number of seconds, or 0.</summary>
    internal static Either<CliError, TimeSpan> SecondsOrZero(string name, string text) =>
        ParseSeconds(text)
            .ToEither(() => InvalidValue(name, text, $"a number of seconds, 0 or {SecondsRange}"));

    /// <summary>A whole number from 1 to a maximum.</summary>
    internal static Either<CliError, long> PositiveInteger(
        string name,
        string text,
        long max = long.MaxValue
    ) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= max
            ? number
            : InvalidValue(
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

    private static CliError InvalidValue(string name, string text, string expected) =>
        CliError.From(new ClientError.InvalidArgument(name, text, expected));
}
