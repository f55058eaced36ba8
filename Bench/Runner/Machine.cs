using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Reports;

namespace TinyTcp.Bench.Runner;

/// <summary>The machine of a run, and the versions of its programs.</summary>
internal static class Machine
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>The facts, for the contenders that are present.</summary>
    public static async Task<ImmutableArray<Fact>> DescribeAsync(IEnumerable<Contender> contenders)
    {
        var facts = new List<Fact>
        {
            new("day", DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("commit", await VersionAsync("git describe --always --dirty")),
            new("processor", Processor()),
            new("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            new("kernel", await VersionAsync("uname -sr")),
            new(".NET", RuntimeInformation.FrameworkDescription),
        };
        foreach (var contender in contenders.Where(static contender => contender.Version.Length > 0))
        {
            facts.Add(new(contender.Name, await VersionAsync(contender.Version)));
        }

        return [.. facts];
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo")
            .Where(static line => line.StartsWith("model name", StringComparison.Ordinal))
            .Select(static line => line.Split(':')[1].Trim())
            .FirstOrDefault("unknown");

    /// <summary>The first printed line with a digit; headings have none.</summary>
    private static async Task<string> VersionAsync(string command)
    {
        try
        {
            var output = await ProcessRunner.RunAsync(command, Timeout);
            return output
                .Split('\n')
                .FirstOrDefault(static line => line.Any(char.IsAsciiDigit), "unknown")
                .Trim();
        }
        catch (ProgramFailedException exception)
        {
            return exception.Message;
        }
    }
}
