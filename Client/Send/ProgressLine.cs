using System.Globalization;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Send;

/// <summary>
/// How far it is, on a terminal where complaints go, while replies go elsewhere: for work that takes long enough to wonder.
/// </summary>
/// <param name="environment">The clock, and where to write.</param>
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

    /// <summary>So many replies have come.</summary>
    internal void Update(long replies)
    {
        var elapsed = environment.Time.GetElapsedTime(startedAt);
        if (elapsed - lastShown >= RefreshInterval)
        {
            lastShown = elapsed;
            statusLine.Show(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{replies:N0} replies, {replies / elapsed.TotalSeconds:N0} a second"
                )
            );
        }
    }

    /// <summary>Takes the line away.</summary>
    internal void Hide() => statusLine.Hide();
}
