using System.Net;
using LanguageExt;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;

namespace TinyTcp.Shell.Settings;

/// <summary>Everything the program can be told, checked and put together; its defaults are the program's.</summary>
internal sealed record ServerSettings
{
    /// <summary>The address to listen on.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on; 0 lets the system pick.</summary>
    public int Port { get; init; } = ServerOptions.DefaultPort;

    /// <summary>How many threads serve; 0 for one on each core.</summary>
    public int Threads { get; init; }

    /// <summary>The time zone of TIME; none for the machine's.</summary>
    public Option<TimeZoneInfo> TimeZone { get; init; }

    /// <summary>The moment at which TIME stands still; none for the true time.</summary>
    public Option<DateTimeOffset> Now { get; init; }

    /// <summary>The limits to keep.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>For how long a server that is told to stop goes on as before.</summary>
    public TimeSpan DrainDelay { get; init; } = new ServerOptions().DrainDelay;

    /// <summary>How long conversations then have to end; zero for ever.</summary>
    public TimeSpan DrainTimeout { get; init; } = new ServerOptions().DrainTimeout;

    /// <summary>The least level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How log lines look.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Simple;

    /// <summary>What the server is told of it.</summary>
    public ServerOptions ToServerOptions() =>
        new()
        {
            EndPoint = new IPEndPoint(Host, Port),
            Threads = Threads,
            Limits = Limits,
            DrainDelay = DrainDelay,
            DrainTimeout = DrainTimeout,
            ReturnsMemory = true,
        };

    /// <summary>The clock that follows from it.</summary>
    public TimeProvider ToClock() => new ServerClock(TimeZone, Now);
}
