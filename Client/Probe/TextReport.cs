using LanguageExt;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>Prints a line per probe, the statistics so far below them on a terminal, and the summary.</summary>
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
    private readonly Theme theme = new(useColors);
    private readonly Bars bars = new(environment.IsUnicode);

    // An error is printed in full only if it differs from the last one of its address.
    private readonly Dictionary<ServerEndPoint, string> lastErrors = [];
    private readonly Queue<Option<TimeSpan>> latestReplies = [];

    // Lines are not wrapped in a file.
    private Option<int> Width =>
        environment.Terminal() is var terminal && (terminal.HasOutput || useColors)
            ? Math.Min(terminal.Width, Terminal.DefaultWidth)
            : Option<int>.None;

    public void OnStart(ProbeOptions options) => Write(ProbeText.FormatStart(target, options, Width));

    public void OnSample(ProbeSample sample, ProbeStatistics statistics)
    {
        status.Hide();
        var line = new SampleLine(
            sample,
            statistics.Of(sample.Address),
            ShowsAddress: statistics.Addresses.Count > 1,
            showsTimestamps
        );
        Write(line.Format(isShortened: IsKnownError(sample), Width, theme));
        latestReplies.Enqueue(sample.Result.Reply);
        if (latestReplies.Count > Terminal.DefaultWidth)
        {
            latestReplies.Dequeue();
        }

        Width.Iter(columns =>
            status.Show(
                string.Join(
                    '\n',
                    ProbeText
                        .FormatStatus(statistics, latestReplies, bars, columns - EchoedKeyColumns)
                        // The latest probe stays above it.
                        .Take(Math.Max(1, environment.Terminal().Height - 2))
                ),
                columns
            )
        );
    }

    public void OnEnd(ProbeStatistics statistics)
    {
        status.Hide();
        ProbeText.WriteSummary(
            ConsoleFactory.Create(
                environment.Output,
                useColors,
                Math.Min(environment.Terminal().Width, Terminal.DefaultWidth)
            ),
            statistics
        );
    }

    private bool IsKnownError(ProbeSample sample)
    {
        var error = sample.Result.Error.Map(static error => error.Message).IfNone("");
        var isKnown = lastErrors.GetValueOrDefault(sample.Address) == error;
        lastErrors[sample.Address] = error;
        return isKnown;
    }

    private void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            environment.Output.WriteLine(line);
        }
    }
}
