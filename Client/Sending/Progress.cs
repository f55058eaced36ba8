using System.Globalization;
using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Sending;

/// <summary>
/// How far it is, on a terminal where complaints go, while replies go elsewhere: for work that takes long enough to wonder.
/// </summary>
/// <param name="surroundings">The clock, and where to write.</param>
internal sealed class Progress(Surroundings surroundings)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly StatusLine line = new(
        surroundings.Error,
        isShown: surroundings.Terminal() is { Error: true, Output: false } && !surroundings.IsDumb
    );
    private readonly long since = surroundings.Time.GetTimestamp();
    private TimeSpan shown;

    /// <summary>So many replies have come.</summary>
    internal void Show(long replies)
    {
        var elapsed = surroundings.Time.GetElapsedTime(since);
        if (elapsed - shown >= Every)
        {
            shown = elapsed;
            line.Show(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{replies:N0} replies, {replies / elapsed.TotalSeconds:N0} a second"
                )
            );
        }
    }

    /// <summary>Takes the line away.</summary>
    internal void End() => line.Hide();
}
