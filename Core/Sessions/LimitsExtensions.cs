using LanguageExt;

namespace TinyTcp.Core.Sessions;

/// <summary>Changes limits within their bounds.</summary>
public static class LimitsExtensions
{
    /// <summary>The same limits with one changed.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="spec">Which limit: a row of <see cref="LimitTable"/>.</param>
    /// <param name="value">The new value, in the row's unit.</param>
    /// <returns>The new limits, or none if the value is outside the row's bounds.</returns>
    /// <example>
    /// <code>
    /// var limits = Limits.Default.With(LimitTable.MaxLine, 1_024).IfNone(Limits.Default);
    /// </code>
    /// </example>
    public static Option<Limits> With(this Limits limits, LimitSpec spec, long value) =>
        spec.Set(limits, value);
}
