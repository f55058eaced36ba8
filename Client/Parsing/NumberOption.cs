using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Parsing;

/// <summary>
/// Options with a number. The parser rejects a number out of range; the error has the range. Without a default, the value of an
/// absent option is 0.
/// </summary>
internal static class NumberOption
{
    private const double MinSeconds = 0.001;
    private const double MaxSeconds = 86_400;

    private static readonly string SecondsRange = string.Create(
        CultureInfo.InvariantCulture,
        $"from {MinSeconds} to {MaxSeconds}"
    );

    /// <summary>A number of seconds above 0.</summary>
    internal static Option<double> Seconds(
        string name,
        string description,
        double? defaultValue = null,
        params string[] aliases
    ) =>
        new Option<double>(name, aliases) { HelpName = "SECONDS", Description = description }.With(
            defaultValue,
            $"a number of seconds {SecondsRange}",
            static text => ParseSeconds(text) is > 0 and var seconds ? seconds : null
        );

    /// <summary>A number of seconds, or 0.</summary>
    internal static Option<double> SecondsOrZero(string name, string description, double defaultValue) =>
        new Option<double>(name) { HelpName = "SECONDS", Description = description }.With(
            defaultValue,
            $"a number of seconds, 0 or {SecondsRange}",
            ParseSeconds
        );

    /// <summary>A whole number from 1 to a maximum.</summary>
    internal static Option<long> PositiveInteger(
        string name,
        string description,
        long max,
        long? defaultValue = null,
        params string[] aliases
    ) =>
        new Option<long>(name, aliases) { HelpName = "N", Description = description }.With(
            defaultValue,
            string.Create(CultureInfo.InvariantCulture, $"a whole number from 1 to {max}"),
            text => ParseInteger(text, max)
        );

    private static Option<T> With<T>(
        this Option<T> option,
        T? defaultValue,
        string expected,
        Func<string, T?> parse
    )
        where T : struct
    {
        option.CustomParser = result => Parse(result, option.Name, expected, parse);
        if (defaultValue is { } value)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }

    private static T Parse<T>(ArgumentResult result, string name, string expected, Func<string, T?> parse)
        where T : struct
    {
        var text = result.Tokens[0].Value;
        var value = parse(text);
        if (value is null)
        {
            result.AddError(new ClientError.InvalidArgument(name, text, expected).Message);
        }

        return value ?? default;
    }

    private static double? ParseSeconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds is 0 or (>= MinSeconds and <= MaxSeconds)
            ? seconds
            : null;

    private static long? ParseInteger(string text, long max) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= max
            ? number
            : null;
}
