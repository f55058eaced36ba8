using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Units;
using static System.FormattableString;
using ParseResult = System.CommandLine.ParseResult;

namespace TinyTcp.Cli.Parsing;

/// <summary>An option with a duration, a size or a number. The parser rejects one out of range; the error has the range.</summary>
internal sealed class QuantityOption : ValueOption
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    private readonly UnitNotation notation;
    private readonly (long Min, long Max) range;

    private QuantityOption(
        string name,
        string[] aliases,
        UnitNotation notation,
        (long Min, long Max) range,
        long? defaultValue,
        string expected
    )
        : base(name, aliases)
    {
        (this.notation, this.range) = (notation, range);
        if (defaultValue is { } known)
        {
            DefaultValueFactory = _ => notation.Format(known);
        }

        Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Parse(token.Value).IsNone)
            {
                result.AddError(new ClientError.InvalidArgument(name, token.Value, expected).Message);
            }
        });
    }

    /// <summary>A duration above 0.</summary>
    internal static QuantityOption Duration(
        string name,
        string description,
        TimeSpan? defaultValue = null,
        params string[] aliases
    ) => Duration(name, description, min: 1, defaultValue, aliases);

    /// <summary>A duration, or 0.</summary>
    internal static QuantityOption DurationOrZero(string name, string description, TimeSpan defaultValue) =>
        Duration(name, description, min: 0, defaultValue);

    /// <summary>A number of bytes from 1 to a maximum.</summary>
    internal static QuantityOption Size(string name, string description, long max, long defaultValue) =>
        new(name, [], UnitNotation.Sizes, (1, max), defaultValue, Invariant($"a size from 1 to {max} bytes"))
        {
            HelpName = "SIZE",
            Description = description,
        };

    /// <summary>A whole number from 1 to a maximum.</summary>
    internal static QuantityOption Count(
        string name,
        string description,
        long max,
        long? defaultValue = null,
        params string[] aliases
    ) =>
        new(
            name,
            aliases,
            UnitNotation.Counts,
            (1, max),
            defaultValue,
            Invariant($"a whole number from 1 to {max}")
        )
        {
            HelpName = "N",
            Description = description,
        };

    /// <summary>The quantity in bytes or milliseconds; none without the option and a default.</summary>
    internal Option<long> Find(ParseResult parsed) => Prelude.Optional(parsed.GetValue(this)).Bind(Parse);

    /// <summary>The duration; none without the option and a default.</summary>
    internal Option<TimeSpan> FindDuration(ParseResult parsed) =>
        Find(parsed).Map(static milliseconds => TimeSpan.FromMilliseconds(milliseconds));

    private static QuantityOption Duration(
        string name,
        string description,
        long min,
        TimeSpan? defaultValue,
        params string[] aliases
    )
    {
        var (notation, max) = (UnitNotation.Durations, Milliseconds(MaxDuration));
        return new(
            name,
            aliases,
            notation,
            (min, max),
            defaultValue is { } known ? Milliseconds(known) : null,
            $"a duration from {notation.Format(min)} to {notation.Format(max)}, such as 500ms or 5s"
        )
        {
            HelpName = "DURATION",
            Description = description,
        };
    }

    private static long Milliseconds(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMillisecond;

    private Option<long> Parse(string text) =>
        notation.Parse(text).Filter(quantity => quantity >= range.Min && quantity <= range.Max);
}
