using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using LanguageExt;
using TinyTcp.Bench.Plan;

namespace TinyTcp.Bench.Running;

/// <summary>Where and with what figures were taken: without it they say little.</summary>
internal static class Machine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The machine, and the version of everything that is not built from this repository.</summary>
    public static async Task<ImmutableArray<Fact>> Describe(IEnumerable<Contender> contenders)
    {
        var facts = new List<Fact>
        {
            new("day", DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            new("commit", await FirstLine(["git", "describe", "--always", "--dirty"])),
            new("processor", Processor()),
            new("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            new("kernel", await FirstLine(["uname", "-sr"])),
            new(".NET", RuntimeInformation.FrameworkDescription),
        };
        foreach (var contender in contenders.Where(static contender => !contender.Version.IsEmpty))
        {
            facts.Add(new(contender.Name, await FirstLine(contender.Version)));
        }

        return [.. facts];
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo")
            .Where(static line => line.StartsWith("model name", StringComparison.Ordinal))
            .Select(static line => line.Split(':')[1].Trim())
            .FirstOrDefault("unknown");

    /// <summary>The first line that says a number: versions stand there, headings do not.</summary>
    private static async Task<string> FirstLine(ImmutableArray<string> command) =>
        (await Commands.Run(command, Patience)).Match(
            Right: static output =>
                output
                    .Split('\n')
                    .FirstOrDefault(static line => line.Any(char.IsAsciiDigit), "unknown")
                    .Trim(),
            Left: static problem => problem
        );
}

/// <summary>Something to know about a run.</summary>
/// <param name="Name">What.</param>
/// <param name="Value">Its value.</param>
internal sealed record Fact(string Name, string Value);
