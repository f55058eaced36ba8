using LanguageExt;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reporting;

/// <summary>A figure and where it was found.</summary>
/// <param name="Spread">The figure.</param>
/// <param name="Where">In which cell, where there were several to choose from; else nothing.</param>
internal sealed record Finding(Spread Spread, string Where);

/// <summary>What is promised of a figure.</summary>
/// <param name="Claim">The figure in words.</param>
/// <param name="Target">What it has to be, in words.</param>
/// <param name="Find">The figure of a run; none where it was not taken.</param>
/// <param name="IsMet">Whether it is as promised.</param>
internal sealed record Requirement(
    string Claim,
    string Target,
    Func<Samples, Option<Finding>> Find,
    Func<Spread, bool> IsMet
)
{
    /// <summary>What a run says of it.</summary>
    public Verdict Judge(Samples samples)
    {
        var found = Find(samples);
        return new(Claim, Target, found, found.Map(finding => IsMet(finding.Spread)));
    }
}

/// <summary>What a run says of a promise.</summary>
/// <param name="Claim">The figure in words.</param>
/// <param name="Target">What it has to be, in words.</param>
/// <param name="Found">What it is.</param>
/// <param name="Met">Whether it is as promised; none where it was not taken.</param>
internal sealed record Verdict(string Claim, string Target, Option<Finding> Found, Option<bool> Met)
{
    /// <summary>The verdict in a word.</summary>
    public string Word => Met.Match(static met => met ? "met" : "MISSED", static () => "not measured");
}
