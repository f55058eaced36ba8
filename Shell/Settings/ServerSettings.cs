using System.Net;
using LanguageExt;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;

namespace TinyTcp.Shell.Settings;

/// <summary>The values of all settings, checked. A new instance has the program's defaults.</summary>
internal sealed record ServerSettings
{
    /// <summary>The address to listen on.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The port to listen on; 0 lets the system pick.</summary>
    public int Port { get; init; } = ServerOptions.DefaultPort;

    /// <summary>Whether <see cref="Port"/> may be outside the range of <see cref="ServerOptions.AllowsPort"/>.</summary>
    public bool AnyPort { get; init; }

    /// <summary>The file to write the port to; none for no file.</summary>
    public Option<string> PortFile { get; init; }

    /// <summary>The number of event-loop threads; 0 means one per available core.</summary>
    public int Threads { get; init; }

    /// <summary>The time zone of TIME and of the log; none means the machine's.</summary>
    public Option<TimeZoneInfo> TimeZone { get; init; }

    /// <summary>The fixed time of TIME and of the log; none means the current time.</summary>
    public Option<DateTimeOffset> Now { get; init; }

    /// <summary>The protocol's limits.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>How long the server keeps serving normally after a stop was requested.</summary>
    public TimeSpan DrainDelay { get; init; } = new ServerOptions().DrainDelay;

    /// <summary>How long open connections may then take to end before they are aborted; zero means no limit.</summary>
    public TimeSpan DrainTimeout { get; init; } = new ServerOptions().DrainTimeout;

    /// <summary>The minimum level that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The format of log lines.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Simple;

    /// <summary>The server library's part of the settings.</summary>
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
}
