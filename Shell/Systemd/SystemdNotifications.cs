using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using TinyTcp.Server;

namespace TinyTcp.Shell.Systemd;

/// <summary>
/// Notifies systemd (sd_notify(3)) when the server is ready and when it stops. Where the unit has WatchdogSec=, it also
/// sends keep-alives while no server thread is stuck; without them systemd restarts the server.
/// </summary>
/// <param name="notifier">Sends a notification; does nothing where systemd is absent.</param>
/// <param name="service">The server.</param>
/// <param name="lifetime">The host's start and stop.</param>
/// <param name="time">The clock of the keep-alives.</param>
internal sealed class SystemdNotifications(
    ISystemdNotifier notifier,
    TinyTcpService service,
    IHostApplicationLifetime lifetime,
    TimeProvider time
) : IHostedService, IDisposable
{
    // A timer's period has an upper bound of some 49 days.
    private const long MaxPeriodMilliseconds = 24 * 60 * 60 * 1_000;

    private static readonly ServiceState KeepAlive = new("WATCHDOG=1");

    private ITimer? watchdog;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => notifier.Notify(ServiceState.Ready));
        lifetime.ApplicationStopping.Register(() => notifier.Notify(ServiceState.Stopping));
        var period = WatchdogPeriod(Environment.ProcessId, Environment.GetEnvironmentVariable);
        watchdog =
            period > TimeSpan.Zero ? time.CreateTimer(_ => SendKeepAlive(), null, period, period) : null;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => watchdog?.Dispose();

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
            notifier.Notify(KeepAlive);
        }
    }
}
