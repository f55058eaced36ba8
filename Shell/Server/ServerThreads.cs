namespace TinyTcp.Server;

/// <summary>How many threads a server may have: 1 to 1024, or 0 for one on each core that the process may use.</summary>
public static class ServerThreads
{
    /// <summary>The most that may be asked for.</summary>
    public const int Max = 1_024;

    /// <summary>Whether a server may be told to have so many.</summary>
    /// <param name="threads">Any number.</param>
    public static bool Allows(int threads) => threads is >= 0 and <= Max;

    /// <summary>How many a server has that is told so.</summary>
    internal static int Resolve(int threads) =>
        Math.Clamp(threads == 0 ? Environment.ProcessorCount : threads, 1, Max);
}
