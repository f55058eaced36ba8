using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>The log: what clients send to it, and what it does to the server.</summary>
internal static partial class LogTrials
{
    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("forged log lines", ["--log-level", "trace"], Forged),
        new("a log that nobody reads", ["--log-level", "trace"], Hanging) { IsHeard = false },
    ];

    private static async Task<string> Forged(Target target, Scale scale)
    {
        var count = scale.Of(20, 2_000);
        await Guests.InTurns(
            count,
            20,
            _ =>
                target.Says(
                    "2026-01-01T00:00:00.000+00:00 error: forged\n\x1b[31mECHO \x9b\r\n2026 critical: forged\r\n\0"
                )
        );
        Assert.All(target.Log, static line => Assert.Matches(LogLine(), line));
        Assert.DoesNotContain(target.Log, static line => line.Contains("forged", StringComparison.Ordinal));
        return $"{target.Log.Count:N0} lines in the log, each a printable one of the server's own";
    }

    private static async Task<string> Hanging(Target target, Scale scale)
    {
        var count = scale.Of(2_000, 50_000);
        var watched = await target.Watch(Guests.InTurns(count, 50, _ => target.PoliteVisit()));
        return $"{count:N0} visits served, {watched}";
    }

    [GeneratedRegex(
        @"^\d{4}-\d\d-\d\dT[\d:.+-]+ (trace|debug|info|warning): [ -~]+$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex LogLine();
}
