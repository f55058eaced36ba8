using System.Globalization;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Send;

/// <summary>Shows the progress if the error output is a terminal and the replies go elsewhere.</summary>
/// <param name="environment">The clock and the error output.</param>
internal sealed class ProgressLine(CliEnvironment environment)
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(200);

    private readonly LiveText statusLine = new(
        environment.Error,
        isEnabled: environment.Terminal() is { HasError: true, HasOutput: false }
            && !environment.IsDumbTerminal
    );
    private readonly long startedAt = environment.Time.GetTimestamp();
    private TimeSpan lastShown;

    /// <summary>Shows the number of replies, if it was not shown just before.</summary>
    internal void Update(long replies)
    {
        var elapsed = environment.Time.GetElapsedTime(startedAt);
        if (elapsed - lastShown >= RefreshInterval)
        {
            lastShown = elapsed;
            statusLine.Show(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{replies:N0} replies, {replies / elapsed.TotalSeconds:N0}/s"
                ),
                environment.Terminal().Width
            );
        }
    }

    /// <summary>Erases the line.</summary>
    internal void Hide() => statusLine.Hide();
}
