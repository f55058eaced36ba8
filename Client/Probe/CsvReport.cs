using System.Buffers;
using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Probe;

/// <summary>Prints a row of CSV (RFC 4180) per probe, and the summary as text to standard error.</summary>
internal sealed class CsvReport(CliEnvironment environment) : IProbeReport
{
    private static readonly SearchValues<char> QuotedCharacters = SearchValues.Create(",\"\r\n");

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

    public void OnStart(ProbeOptions options) =>
        environment.Output.Write(Row(Columns.Select(static column => column.Name)));

    public void OnSample(ProbeSample sample, ProbeStatistics statistics) =>
        environment.Output.Write(Row(Columns.Select(column => column.Value(sample))));

    public void OnEnd(ProbeStatistics statistics) =>
        ProbeText.WriteSummary(
            ConsoleFactory.Create(
                environment.Error,
                useColors: false,
                Math.Min(environment.Terminal().Width, Terminal.DefaultWidth)
            ),
            statistics
        );

    /// <summary>A row with its line end.</summary>
    internal static string Row(IEnumerable<string> fields) => $"{string.Join(',', fields.Select(Quote))}\r\n";

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(QuotedCharacters)
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;

    private static string Format(Option<TimeSpan> time) =>
        time.Map(static known => Milliseconds.Round(known).ToString(CultureInfo.InvariantCulture)).IfNone("");
}
