using System.Globalization;
using LanguageExt;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TinyTcp.Server;

namespace TinyTcp.Shell.Systemd;

/// <summary>
/// Notifies systemd (sd_notify(3)) when the server is ready and when it stops. Where the unit has WatchdogSec=, it also
/// sends keep-alives while no server thread is stuck; without them systemd restarts the server. A notification that cannot
/// be sent is logged, the first time.
/// </summary>
internal sealed partial class SystemdNotifications : IDisposable
{
    // A timer's period has an upper bound of some 49 days.
    private const long MaxPeriodMilliseconds = 24 * 60 * 60 * 1_000;

    private readonly Option<NotifySocket> socket;
    private readonly TinyTcpService service;
    private readonly ILogger log;
    private readonly ITimer watchdog;
    private int failures;

    /// <summary>Begins to notify.</summary>
    /// <param name="socket">Where to send notifications, if there is a manager.</param>
    /// <param name="service">The server.</param>
    /// <param name="lifetime">The host's start and stop.</param>
    /// <param name="time">The clock of the keep-alives.</param>
    /// <param name="log">The log.</param>
    public SystemdNotifications(
        Option<NotifySocket> socket,
        TinyTcpService service,
        IHostApplicationLifetime lifetime,
        TimeProvider time,
        ILogger log
    )
    {
        this.socket = socket;
        this.service = service;
        this.log = log;
        lifetime.ApplicationStarted.Register(() => Notify("READY=1"));
        lifetime.ApplicationStopping.Register(() => Notify("STOPPING=1"));
        var period = WatchdogPeriod(Environment.ProcessId, Environment.GetEnvironmentVariable);
        watchdog = time.CreateTimer(
            _ => SendKeepAlive(),
            null,
            period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan,
            period
        );
    }

    /// <inheritdoc/>
    public void Dispose() => watchdog.Dispose();

    /// <summary>
    /// The period of keep-alives: half of WATCHDOG_USEC, which is in microseconds; zero where there is no watchdog, or
    /// it is another process's (WATCHDOG_PID).
    /// </summary>
    internal static TimeSpan WatchdogPeriod(int processId, Func<string, string?> variable) =>
        IsFor(processId, variable("WATCHDOG_PID"))
        && long.TryParse(
            variable("WATCHDOG_USEC"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var microseconds
        )
            ? TimeSpan.FromMilliseconds(Math.Min(microseconds / 2_000, MaxPeriodMilliseconds))
            : TimeSpan.Zero;

    private static bool IsFor(int processId, string? watchdogProcess) =>
        watchdogProcess is null || watchdogProcess == processId.ToString(CultureInfo.InvariantCulture);

    private void SendKeepAlive()
    {
        if (service.Server.Exists(static server => !server.IsStuck))
        {
            Notify("WATCHDOG=1");
        }
    }

    private void Notify(string state) => socket.IfSome(manager => manager.Send(state).IfSome(Report));

    private void Report(string problem)
    {
        if (Interlocked.Exchange(ref failures, 1) == 0)
        {
            LogFailed(log, (string)socket.Map(static manager => manager.Path), problem);
        }
    }

    [LoggerMessage(
        42,
        LogLevel.Warning,
        "Cannot notify the service manager at NOTIFY_SOCKET={Path}: {Problem}. The server goes on; further failures are not logged."
    )]
    private static partial void LogFailed(ILogger log, string path, string problem);
}
