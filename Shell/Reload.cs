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
internal sealed partial class Reload : IDisposable
{
    private readonly LevelSwitch level;
    private readonly TinyTcpService service;
    private readonly ILogger log;
    private readonly PosixSignalRegistration registration;
    private Told told;

    /// <summary>Listens to the signal.</summary>
    /// <param name="told">What the program has been told.</param>
    /// <param name="level">The level of the log.</param>
    /// <param name="service">The server.</param>
    /// <param name="log">Where to say what has changed.</param>
    public Reload(Told told, LevelSwitch level, TinyTcpService service, ILogger<Reload> log)
    {
        this.told = told;
        this.level = level;
        this.service = service;
        this.log = log;
        registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, ReadAgain);
    }

    /// <inheritdoc/>
    public void Dispose() => registration.Dispose();

    private void ReadAgain(PosixSignalContext signal)
    {
        signal.Cancel = true;
        told.Again().Match(Right: Apply, Left: problem => Failed(log, problem));
    }

    private void Apply(Told now)
    {
        var changed = told.ChangedIn(now);
        told = now;
        level.Least = now.Settings.LogLevel;
        service.Server.IfSome(server => server.Reload(now.Settings.ToServerOptions()));
        Reloaded(log, Listed(changed[true]), Listed(changed[false]));
    }

    private static string Listed(IEnumerable<string> names) =>
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
