using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using TinyTcp.Server;
using TinyTcp.Shell.Logging;
using TinyTcp.Shell.Settings;

namespace TinyTcp.Shell;

/// <summary>
/// Reloads the settings at SIGHUP. Settings that a running server can change take effect; the log names those that
/// need a restart.
/// </summary>
internal sealed partial class SettingsReloader : IDisposable
{
    private readonly LevelSwitch level;
    private readonly Action<ServerOptions> reloadServer;
    private readonly ILogger log;
    private readonly PosixSignalRegistration registration;

    // Signals in quick succession run on several threads: one reload runs and one waits.
    private readonly Lock reloadLock = new();
    private int isOneWaiting;
    private LoadedSettings current;

    /// <summary>Begins to handle the signal.</summary>
    /// <param name="current">The settings of the start.</param>
    /// <param name="level">The log's minimum level.</param>
    /// <param name="reloadServer">Gives the server its new options; called by one thread at a time.</param>
    /// <param name="log">The log.</param>
    public SettingsReloader(
        LoadedSettings current,
        LevelSwitch level,
        Action<ServerOptions> reloadServer,
        ILogger log
    )
    {
        this.current = current;
        this.level = level;
        this.reloadServer = reloadServer;
        this.log = log;
        registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
    }

    /// <inheritdoc/>
    public void Dispose() => registration.Dispose();

    /// <summary>
    /// Reloads the settings after the reload that runs. Returns at once if another reload waits for that: it will read the same.
    /// </summary>
    internal void Reload()
    {
        if (Interlocked.Exchange(ref isOneWaiting, 1) != 0)
        {
            return;
        }

        lock (reloadLock)
        {
            Interlocked.Exchange(ref isOneWaiting, 0);
            current
                .Reload()
                .Match(Right: Apply, Left: problems => LogFailed(log, string.Join(' ', problems)));
        }
    }

    /// <summary>Gives the server the options in force: it gets none that are reloaded before it has started.</summary>
    internal void ApplyCurrent()
    {
        lock (reloadLock)
        {
            reloadServer(current.Settings.ToServerOptions());
        }
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        Reload();
    }

    private void Apply(LoadedSettings loaded)
    {
        var changes = current.ChangesTo(loaded);
        current = loaded;
        level.Minimum = loaded.Settings.LogLevel;
        reloadServer(loaded.Settings.ToServerOptions());
        LogReloaded(log, List(changes[true]), List(changes[false]));
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));

    [LoggerMessage(
        40,
        LogLevel.Information,
        "Settings reloaded. Changed: {Changed}. Restart needed for: {Restart}."
    )]
    private static partial void LogReloaded(ILogger log, string changed, string restart);

    [LoggerMessage(41, LogLevel.Warning, "Settings not reloaded: {Problem}")]
    private static partial void LogFailed(ILogger log, string problem);
}
