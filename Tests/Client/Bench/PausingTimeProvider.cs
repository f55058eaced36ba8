namespace TinyTcp.Tests.Client.Bench;

/// <summary>A clock whose reader may be paused before it reads.</summary>
/// <param name="time">The clock.</param>
/// <param name="pauseBefore">Pauses before a read, given how often the clock was read before.</param>
internal sealed class PausingTimeProvider(TimeProvider time, Action<int> pauseBefore) : TimeProvider
{
    private int reads;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp()
    {
        pauseBefore(reads++);
        return time.GetTimestamp();
    }
}
