using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Probe;

/// <summary>A row a probe for spreadsheets and scripts; the summary goes where complaints go.</summary>
/// <param name="environment">Where to write.</param>
internal sealed class CsvReport(CliEnvironment environment) : IProbeReport
{
    private static readonly (string Name, Func<ProbeSample, string> Value)[] Columns =
    [
        ("time", static sample => sample.StartedAt.ToString("O", CultureInfo.InvariantCulture)),
        ("address", static sample => sample.Address.ToString()),
        ("sequence", static sample => sample.Sequence.ToString(CultureInfo.InvariantCulture)),
        ("start_ms", static sample => Format(sample.Start)),
        ("end_ms", static sample => Format(sample.End)),
        ("connect_ms", static sample => Format(sample.Result.Connect)),
        ("greeting_ms", static sample => Format(sample.Result.Greeting)),
        ("reply_ms", static sample => Format(sample.Result.Reply)),
        ("error", static sample => sample.Result.Error.Map(static error => error.Code).IfNone("")),
        ("message", static sample => sample.Result.Error.Map(static error => error.Message).IfNone("")),
    ];

    /// <inheritdoc/>
    public void OnStart(ProbeOptions options) =>
        environment.Output.Write(Csv.Row(Columns.Select(static column => column.Name)));

    /// <inheritdoc/>
    public void OnSample(ProbeSample sample, ProbeStatistics statistics) =>
        environment.Output.Write(Csv.Row(Columns.Select(column => column.Value(sample))));

    /// <inheritdoc/>
    public void OnEnd(ProbeStatistics statistics) =>
        new ProbeSummaryText(
            ConsoleFactory.Create(environment.Error, useColors: false, environment.Terminal())
        ).Write(statistics);

    private static string Format(Option<TimeSpan> time) => time.Map(Format).IfNone("");

    private static string Format(TimeSpan time) =>
        TimePrecision.ToMilliseconds(time).ToString(CultureInfo.InvariantCulture);
}
