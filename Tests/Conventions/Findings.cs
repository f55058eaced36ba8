using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>The violations of a convention, one line each.</summary>
internal static class Findings
{
    internal static void AssertNone(IEnumerable<string> findings)
    {
        var lines = findings.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} findings:\n{string.Join('\n', lines)}");
    }
}
