using Microsoft.Extensions.Logging;

namespace TinyTcp.Shell.Logging;

/// <summary>The least level that is logged: it can change while the program runs.</summary>
internal sealed class LevelSwitch(LogLevel level)
{
    private volatile int minimum = (int)level;

    /// <summary>The least level.</summary>
    public LogLevel Minimum
    {
        get => (LogLevel)minimum;
        set => minimum = (int)value;
    }

    /// <summary>Whether a level is logged.</summary>
    public bool Allows(LogLevel other) => other >= Minimum;
}
