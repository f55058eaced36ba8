using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using TinyTcp.Server;

namespace TinyTcp.Shell.Systemd;

/// <summary>
/// Tells systemd (sd_notify) that the server is ready, that it stops, and, as often as systemd asks for, that no thread
/// of it is stuck: a server that is, is so restarted.
/// </summary>
/// <param name="notifier">What speaks with systemd; it says nothing where there is none.</param>
/// <param name="service">The server.</param>
/// <param name="lifetime">When it is ready, and when it stops.</param>
/// <param name="time">The clock of the watchdog.</param>
internal sealed class SystemdNotifications(
    ISystemdNotifier notifier,
    TinyTcpService service,
    IHostApplicationLifetime lifetime,
    TimeProvider time
) : IHostedService, IDisposable
{
    // A timer takes no longer one; nobody waits for weeks.
    private const long LongestPeriod = 24 * 60 * 60 * 1_000;

    private static readonly ServiceState Alive = new("WATCHDOG=1");

    private ITimer? watchdog;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => notifier.Notify(ServiceState.Ready));
        lifetime.ApplicationStopping.Register(() => notifier.Notify(ServiceState.Stopping));
        var period = WatchdogPeriod(Environment.ProcessId, Environment.GetEnvironmentVariable);
        watchdog = period > TimeSpan.Zero ? time.CreateTimer(_ => Feed(), null, period, period) : null;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => watchdog?.Dispose();

    /// <summary>
    /// Half of the time that systemd waits, which it gives in microseconds; zero where it does not wait, or not for this
    /// process.
    /// </summary>
    internal static TimeSpan WatchdogPeriod(int process, Func<string, string?> variable) =>
        IsMeantFor(process, variable("WATCHDOG_PID"))
        && long.TryParse(
            variable("WATCHDOG_USEC"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var time
        )
            ? TimeSpan.FromMilliseconds(Math.Min(time / 2_000, LongestPeriod))
            : TimeSpan.Zero;

    private static bool IsMeantFor(int process, string? named) =>
        named is null || named == process.ToString(CultureInfo.InvariantCulture);

    private void Feed()
    {
        if (service.Server.Exists(static server => !server.IsStuck))
        {
            notifier.Notify(Alive);
        }
    }
}
