using System.Collections.Immutable;
using LanguageExt;
using Spectre.Console;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using Columns = TinyTcp.Cli.Terminals.DisplayWidth;

namespace TinyTcp.Cli.Probe;

/// <summary>A line a probe for people, how it goes while it goes, and a summary.</summary>
/// <param name="target">What is probed.</param>
/// <param name="showsTimestamps">Whether lines begin with the time.</param>
/// <param name="useColors">Whether what was lost stands out.</param>
/// <param name="environment">Where to write.</param>
internal sealed class TextReport(
    ServerEndPoint target,
    bool showsTimestamps,
    bool useColors,
    CliEnvironment environment
) : IProbeReport
{
    // What a key leaves behind the line, such as ^C, must not break it: only one row is erased.
    private const int EchoedKeyColumns = 3;

    private readonly LiveText status = new(
        environment.Output,
        isEnabled: environment.Terminal().HasOutput && !environment.IsDumbTerminal
    );

    // What went wrong with each address when it did so last: at length it is told once.
    private ImmutableDictionary<ServerEndPoint, string> lastErrors = ImmutableDictionary<
        ServerEndPoint,
        string
    >.Empty;

    /// <inheritdoc/>
    public void OnStart(ProbeOptions options) =>
        Write(MaxWidth.Fold(ProbeText.Format(target, options), Columns.Ellipsize), Style.Plain);

    /// <inheritdoc/>
    public void OnSample(ProbeSample sample, ProbeStatistics statistics)
    {
        status.Hide();
        foreach (var line in FormatSample(sample))
        {
            Write(line, sample.IsAnswered ? Style.Plain : new Style(Color.Red));
        }

        MaxWidth.Iter(columns =>
            status.Show(Columns.Ellipsize(ProbeText.Format(statistics), columns - EchoedKeyColumns))
        );
    }

    /// <inheritdoc/>
    public void OnEnd(ProbeStatistics statistics)
    {
        status.Hide();
        new ProbeSummaryText(
            ConsoleFactory.Create(environment.Output, useColors, environment.Terminal())
        ).Write(statistics);
    }

    private IEnumerable<string> FormatSample(ProbeSample sample)
    {
        var wrong = sample.Result.Error.Map(static error => error.Message).IfNone("");
        var isTold = lastErrors.GetValueOrDefault(sample.Address, "") == wrong;
        lastErrors = lastErrors.SetItem(sample.Address, wrong);
        return isTold || wrong.Length == 0
            ? [ProbeText.Format(sample, showsTimestamps, MaxWidth)]
            : ProbeText.FormatWrapped(sample, showsTimestamps, MaxWidth);
    }

    /// <summary>A file has no columns, and gets all words.</summary>
    private Option<int> MaxWidth =>
        environment.Terminal() is var terminal && (terminal.HasOutput || useColors)
            ? Math.Min(terminal.Width, Terminal.DefaultWidth)
            : Option<int>.None;

    private void Write(string line, Style style)
    {
        if (useColors)
        {
            ConsoleFactory
                .Create(environment.Output, useColors, environment.Terminal())
                .WriteLine(line, style);
        }
        else
        {
            environment.Output.WriteLine(line);
        }
    }
}
