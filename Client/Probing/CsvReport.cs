using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Probing;

/// <summary>A row a probe for spreadsheets and scripts; the summary goes where complaints go.</summary>
/// <param name="surroundings">Where to write.</param>
internal sealed class CsvReport(Surroundings surroundings) : IReport
{
    private static readonly (string Name, Func<Sample, string> Value)[] Columns =
    [
        ("time", static sample => sample.At.ToString("O", CultureInfo.InvariantCulture)),
        ("address", static sample => sample.Address.ToString()),
        ("sequence", static sample => sample.Sequence.ToString(CultureInfo.InvariantCulture)),
        ("start_ms", static sample => Written(sample.Start)),
        ("end_ms", static sample => Written(sample.End)),
        ("connect_ms", static sample => Written(sample.Result.Connect)),
        ("greeting_ms", static sample => Written(sample.Result.Greeting)),
        ("reply_ms", static sample => Written(sample.Result.Reply)),
        ("error", static sample => sample.Result.Error.Map(static error => error.Code).IfNone("")),
        ("sentence", static sample => sample.Result.Error.Map(static error => error.Sentence).IfNone("")),
    ];

    /// <inheritdoc/>
    public void Begin(Plan plan) =>
        surroundings.Output.Write(Csv.Row(Columns.Select(static column => column.Name)));

    /// <inheritdoc/>
    public void Tell(Sample sample, Tally tally) =>
        surroundings.Output.Write(Csv.Row(Columns.Select(column => column.Value(sample))));

    /// <inheritdoc/>
    public void End(Tally tally) =>
        new SummaryText(Looks.On(surroundings.Error, colours: false, surroundings.Terminal())).Write(tally);

    private static string Written(Option<TimeSpan> time) => time.Map(Written).IfNone("");

    private static string Written(TimeSpan time) =>
        Precision.Milliseconds(time).ToString(CultureInfo.InvariantCulture);
}
