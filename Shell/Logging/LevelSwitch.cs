using Microsoft.Extensions.Logging;

namespace TinyTcp.Shell.Logging;

/// <summary>The minimum log level. It can change while the program runs. Thread-safe.</summary>
internal sealed class LevelSwitch(LogLevel level)
{
    private volatile int minimum = (int)level;

    /// <summary>The minimum level that is logged.</summary>
    public LogLevel Minimum
    {
        get => (LogLevel)minimum;
        set => minimum = (int)value;
    }

    /// <summary>Whether events of a level are logged.</summary>
    public bool Allows(LogLevel other) => other >= Minimum;
}
