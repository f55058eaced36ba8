using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>The log: text that clients inject, and a reader that stops.</summary>
internal static partial class LogTrials
{
    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("forged log lines", ["--log-level", "trace"], Forged),
        new("a log pipe that is not read", ["--log-level", "trace"], Blocked) { ReadsLog = false },
    ];

    private static async Task<string> Forged(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(20, 2_000);
        await TestClients.ForEach(
            count,
            20,
            _ =>
                server.Exchange(
                    "2026-01-01T00:00:00.000+00:00 error: forged\n\x1b[31mECHO \x9b\r\n2026 critical: forged\r\n\0"
                )
        );
        await server.WaitForLog("Connection", count);
        Assert.All(server.Log, static line => Assert.Matches(LogLine(), line));
        Assert.DoesNotContain(server.Log, static line => line.Contains("forged", StringComparison.Ordinal));
        return $"{server.Log.Count:N0} log lines, all printable and the server's own";
    }

    private static async Task<string> Blocked(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(2_000, 50_000);
        var observed = await server.Observe(TestClients.ForEach(count, 50, _ => server.Probe()));
        return $"{count:N0} connections served, {observed}";
    }

    [GeneratedRegex(
        @"^\d{4}-\d\d-\d\dT[\d:.+-]+ (trace|debug|info|warning): [ -~]+$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex LogLine();
}
