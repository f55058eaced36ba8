using System.Globalization;

namespace TinyTcp.Cli.Sending;

/// <summary>
/// How far it is, on a terminal where complaints go, while replies go elsewhere: one line that is written over again, for work
/// that takes long enough to wonder.
/// </summary>
/// <param name="surroundings">The clock, and where to write.</param>
internal sealed class Progress(Surroundings surroundings)
{
    private const string Erase = "\r\u001b[K";

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly bool isShown = surroundings.Terminal() is { Error: true, Output: false };
    private readonly long since = surroundings.Time.GetTimestamp();
    private TimeSpan shown;

    /// <summary>So many replies have come.</summary>
    internal void Show(long replies)
    {
        var elapsed = isShown ? surroundings.Time.GetElapsedTime(since) : TimeSpan.Zero;
        if (elapsed - shown >= Every)
        {
            shown = elapsed;
            surroundings.Error.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Erase}{replies:N0} replies, {replies / elapsed.TotalSeconds:N0} a second"
                )
            );
        }
    }

    /// <summary>Takes the line away.</summary>
    internal void End()
    {
        if (shown > TimeSpan.Zero)
        {
            surroundings.Error.Write(Erase);
        }
    }
}
