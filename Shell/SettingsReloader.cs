using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using TinyTcp.Server;
using TinyTcp.Shell.Logging;
using TinyTcp.Shell.Settings;

namespace TinyTcp.Shell;

/// <summary>
/// At SIGHUP the settings are read again. What can change while the server runs does; of the rest the log says that it
/// takes a restart.
/// </summary>
internal sealed partial class SettingsReloader : IDisposable
{
    private readonly LevelSwitch level;
    private readonly TinyTcpService service;
    private readonly ILogger log;
    private readonly PosixSignalRegistration registration;
    private LoadedSettings settings;

    /// <summary>Listens to the signal.</summary>
    /// <param name="told">What the program has been told.</param>
    /// <param name="level">The level of the log.</param>
    /// <param name="service">The server.</param>
    /// <param name="log">Where to say what has changed.</param>
    public SettingsReloader(
        LoadedSettings told,
        LevelSwitch level,
        TinyTcpService service,
        ILogger<SettingsReloader> log
    )
    {
        this.settings = told;
        this.level = level;
        this.service = service;
        this.log = log;
        registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
    }

    /// <inheritdoc/>
    public void Dispose() => registration.Dispose();

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        settings.Reload().Match(Right: Apply, Left: problem => Failed(log, problem));
    }

    private void Apply(LoadedSettings now)
    {
        var changed = settings.ChangesTo(now);
        settings = now;
        level.Minimum = now.Settings.LogLevel;
        service.Server.IfSome(server => server.Reload(now.Settings.ToServerOptions()));
        Reloaded(log, ListOf(changed[true]), ListOf(changed[false]));
    }

    private static string ListOf(IEnumerable<string> names) =>
        names.ToList() is { Count: > 0 } some ? string.Join(", ", some) : "nothing";

    [LoggerMessage(
        40,
        LogLevel.Information,
        "Settings read again; changed: {Changed}; to be changed by a restart: {Restart}"
    )]
    private static partial void Reloaded(ILogger log, string changed, string restart);

    [LoggerMessage(41, LogLevel.Warning, "Settings read again, and left as they were: {Problem}")]
    private static partial void Failed(ILogger log, string problem);
}
