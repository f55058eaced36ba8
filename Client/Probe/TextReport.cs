using LanguageExt;
using Spectre.Console;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>Prints a line per probe, a status line on a terminal, and the summary.</summary>
internal sealed class TextReport(
    ServerEndPoint target,
    bool showsTimestamps,
    bool useColors,
    CliEnvironment environment
) : IProbeReport
{
    // Terminals print ^C in front of the cursor.
    private const int EchoedKeyColumns = 3;

    private readonly LiveText status = new(
        environment.Output,
        isEnabled: environment.Terminal().HasOutput && !environment.IsDumbTerminal
    );

    // An error is printed in full only if it differs from the last one of its address.
    private readonly Dictionary<ServerEndPoint, string> lastErrors = [];

    // The console does not break lines in a file.
    private Option<int> Width =>
        environment.Terminal() is var terminal && (terminal.HasOutput || useColors)
            ? Math.Min(terminal.Width, Terminal.DefaultWidth)
            : Option<int>.None;

    public void OnStart(ProbeOptions options) =>
        Write(Width.Fold(ProbeText.FormatStart(target, options), DisplayWidth.Ellipsize), Style.Plain);

    public void OnSample(ProbeSample sample, ProbeStatistics statistics)
    {
        status.Hide();
        var error = sample.Result.Error.Map(static error => error.Message).IfNone("");
        var isNew = error.Length > 0 && lastErrors.GetValueOrDefault(sample.Address) != error;
        lastErrors[sample.Address] = error;
        foreach (
            var line in isNew
                ? ProbeText.FormatWrapped(sample, showsTimestamps, Width)
                : [ProbeText.Format(sample, showsTimestamps, Width)]
        )
        {
            Write(line, sample.IsAnswered ? Style.Plain : new Style(Color.Red));
        }

        Width.Iter(columns =>
            status.Show(
                DisplayWidth.Ellipsize(ProbeText.FormatStatus(statistics), columns - EchoedKeyColumns),
                columns
            )
        );
    }

    public void OnEnd(ProbeStatistics statistics)
    {
        status.Hide();
        ProbeText.WriteSummary(CreateConsole(), statistics);
    }

    private IAnsiConsole CreateConsole() =>
        ConsoleFactory.Create(
            environment.Output,
            useColors,
            Math.Min(environment.Terminal().Width, Terminal.DefaultWidth)
        );

    private void Write(string line, Style style)
    {
        if (useColors)
        {
            CreateConsole().WriteLine(line, style);
        }
        else
        {
            environment.Output.WriteLine(line);
        }
    }
}
