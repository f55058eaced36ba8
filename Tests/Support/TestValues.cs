using LanguageExt;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;

namespace TinyTcp.Tests.Support;

/// <summary>Example values, and values out of an <c>Option</c> or <c>Either</c>.</summary>
internal static class TestValues
{
    /// <summary>The local time in tests.</summary>
    internal static DateTimeOffset Moment { get; } = new(2025, 9, 12, 17, 24, 13, TimeSpan.FromHours(-5));

    internal static Now Now { get; } = At(TimeSpan.FromHours(1));

    internal static Now At(TimeSpan monotonic) => new(monotonic, Moment);

    internal static LineText Text(string characters) => Given(LineText.From(characters));

    /// <summary>The smallest max-line that the table allows, so that overlong lines are short.</summary>
    internal static Limits SmallLimits { get; } = With(Limits.Default, "max-line", 64);

    internal static Limits With(Limits limits, string name, long value) =>
        Given(
            limits.With(
                LimitTable.Rows.Single(row => string.Equals(row.Name, name, StringComparison.Ordinal)),
                value
            )
        );

    internal static T Given<T>(Option<T> option) =>
        option.IsSome ? (T)option : throw new InvalidOperationException("a value was expected");

    internal static TRight Right<TLeft, TRight>(Either<TLeft, TRight> either) =>
        either.IsRight ? (TRight)either : throw new InvalidOperationException($"expected a right: {either}");

    internal static TLeft Left<TLeft, TRight>(Either<TLeft, TRight> either) =>
        either.IsLeft ? (TLeft)either : throw new InvalidOperationException($"expected a left: {either}");
}
