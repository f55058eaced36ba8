using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using LanguageExt;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reporting;

/// <summary>A run for programs: every figure of every round, a line each, so that a difference can be read.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The document.</summary>
    public static string Render(Report report) =>
        "{\n"
        + Member("machine", Lines(report.Machine.Select(Json)))
        + Member("pace", Json(report.Pace))
        + Member("openRate", Json(report.OpenRate))
        + Member("absent", Lines(report.Absent.Select(Json)))
        + Member("failures", Lines(report.Failures.Select(Json)))
        + Member("verdicts", Lines(report.Verdicts.Select(Of)))
        + $"\"figures\": {Lines(Figures(report))}\n}}\n";

    private static string Of(Verdict verdict) =>
        Json(
            new
            {
                verdict.Claim,
                verdict.Target,
                Measured = verdict.Found.Map(static finding => finding.Spread).ToArray(),
                Where = verdict.Found.Match(static finding => finding.Where, static () => ""),
                Verdict = verdict.Word,
            }
        );

    private static IEnumerable<string> Figures(Report report) =>
        report
            .Taken.GroupBy(static sample => (sample.Contender, sample.Cell, sample.Measure))
            .Select(group =>
                Json(
                    new
                    {
                        group.Key.Contender,
                        group.Key.Cell,
                        group.Key.Measure,
                        Rounds = group
                            .OrderBy(static sample => sample.Round)
                            .Select(static sample => Short(sample.Value)),
                        Spread = Short(Spread.Of(group.Select(static sample => sample.Value))),
                        RatioToC = Short(
                            report.Samples.Ratio(
                                group.Key.Contender,
                                ContenderTable.Limit.Name,
                                group.Key.Cell,
                                group.Key.Measure
                            )
                        ),
                    }
                )
            );

    private static ImmutableArray<Spread> Short(Option<Spread> spread) =>
        [
            .. spread
                .Map(static all => new Spread(
                    Short(all.Median),
                    Short(all.Least),
                    Short(all.Lower),
                    Short(all.Upper),
                    Short(all.Most),
                    all.Rounds
                ))
                .AsEnumerable(),
        ];

    /// <summary>Six digits: more were never measured.</summary>
    private static double Short(double value) =>
        value == 0
            ? 0
            : double.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));

    private static string Member(string name, string value) => $"\"{name}\": {value},\n";

    private static string Lines(IEnumerable<string> values) => $"[\n{string.Join(",\n", values)}\n]";

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Plain);
}
