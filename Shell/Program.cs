using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Wire;
using TinyTcp.Server;
using TinyTcp.Server.Logging;
using TinyTcp.Shell.Logging;
using TinyTcp.Shell.Settings;
using TinyTcp.Shell.Systemd;
using TinyTcp.Systems.Linux;

namespace TinyTcp.Shell;

/// <summary>The composition root: joins clock, settings, log, signals and server.</summary>
internal static partial class Program
{
    // Signals are handled until the process has ended: one that arrives after the stop must not change the exit code.
    private static readonly List<IDisposable> SignalHandlers = [];

    private static volatile bool hasStarted;

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever fails in this process ends with one sentence and an exit code."
    )]
    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                StandardStreams.Prepare();
                DescriptorLimit.Raise();
            }

            return await RunAsync(arguments).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return hasStarted
                ? Fail(ExitCode.Failed, $"The server failed: {exception.Message}")
                : Fail(ExitCode.CannotStart, ReasonOf(exception));
        }
    }

    private static string ReasonOf(Exception exception) =>
        exception switch
        {
            TinyTcpStartException => exception.Message,
            OutOfMemoryException or TaskSchedulerException =>
                "Cannot start: too little memory, or too few threads are allowed. Raise the limits (ulimit -v, ulimit -u, the container's).",
            _ => $"Cannot start: {exception.Message}",
        };

    private static Task<int> RunAsync(string[] arguments)
    {
        var parsed = CommandLine.Parse(arguments);
        return parsed.IsPrint()
            ? PrintAsync(parsed)
            : parsed
                .SyntaxError()
                .Match(
                    Some: static error => Task.FromResult(Fail(ExitCode.Usage, error)),
                    None: () => LoadAsync(parsed)
                );
    }

    /// <summary>Loads the settings, and starts the server or only reports them.</summary>
    private static Task<int> LoadAsync(ParseResult parsed)
    {
        var loading = LoadedSettings.Load(() => OpenSources(parsed));
        if (parsed.IsCheck())
        {
            UnknownVariables().ToList().ForEach(static warning => WriteError($"warning: {warning}"));
        }

        return loading.Match(
            Right: loaded =>
                parsed.IsCheck()
                    ? Task.FromResult(Print(SettingsReport.Render(loaded), ExitCode.Stopped.Code))
                    : StartAsync(loaded),
            Left: static errors => Task.FromResult(Fail(ExitCode.Usage, [.. errors]))
        );
    }

    /// <summary>Prints help, the version or a script.</summary>
    private static async Task<int> PrintAsync(ParseResult parsed)
    {
        using var text = new StringWriter();
        var code = await parsed
            .InvokeAsync(new InvocationConfiguration { Output = text, EnableDefaultExceptionHandler = false })
            .ConfigureAwait(false);
        return Print(text.ToString(), code);
    }

    private static int Print(string text, int code) =>
        StandardStream
            .Output.Write(text)
            .Match(
                Some: static problem => Fail(ExitCode.Failed, $"Cannot write to standard output: {problem}."),
                None: () => code
            );

    private static SettingsReader OpenSources(ParseResult parsed) =>
        new(
            parsed.TextOf,
            SettingVariables.TextOf,
            SettingsFile.Read(
                parsed.ConfigPath(),
                [SettingsFile.SystemPath, Path.Combine(AppContext.BaseDirectory, SettingsFile.LocalName)]
            )
        );

    private static IEnumerable<string> UnknownVariables() =>
        SettingVariables.FindUnknown(Environment.GetEnvironmentVariables().Keys.Cast<string>());

    private static Task<int> StartAsync(LoadedSettings loaded) =>
        SocketActivation
            .OpenSockets(Environment.GetEnvironmentVariable)
            .Map(sockets => loaded.Settings.ToServerOptions() with { Listeners = sockets })
            .Bind(Check)
            .Match(
                Right: options => ServeAsync(loaded, options),
                Left: static error => Task.FromResult(Fail(ExitCode.CannotStart, error))
            );

    // With too few descriptors the runtime cannot register a signal, so the check comes before that.
    private static Either<string, ServerOptions> Check(ServerOptions options) =>
        TinyServer.Check(options).Map(static error => error.ToString()).ToEither(options).Swap();

    private static async Task<int> ServeAsync(LoadedSettings loaded, ServerOptions options)
    {
        await FixedThreadPool.StartAsync().ConfigureAwait(false);
        var level = new LevelSwitch(loaded.Settings.LogLevel);
        var (machine, zoneProblem) = MachineTimeZone.Find(
            Environment.GetEnvironmentVariable,
            TimeProvider.System.GetUtcNow()
        );
        var clock = new ServerClock(loaded.Settings.TimeZone, loaded.Settings.Now, machine);
        using var host = ServerHost.Build(loaded.Settings, options, level, clock);
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("TinyTcp.Shell");
        await LogStartAsync(logger, loaded, IgnoredSettings(loaded, options), zoneProblem, clock)
            .ConfigureAwait(false);
        var log = new BackgroundLogger(logger, clock);
        await using (log.ConfigureAwait(false))
        {
            return await ServeAsync(host, loaded, level, clock, log).ConfigureAwait(false);
        }
    }

    /// <summary>The settings of the address, if they are given and the service manager passed a socket.</summary>
    private static List<string> IgnoredSettings(LoadedSettings loaded, ServerOptions options) =>
        options.Listeners.IsEmpty
            ? []
            :
            [
                .. SettingTable
                    .Rows.Where(setting => setting.IsAddress && loaded.Reader.Find(setting).IsSome)
                    .Select(static setting => setting.Name),
            ];

    /// <summary>Logs what was read. Waits until it is written, so that it comes first, unless the output blocks.</summary>
    private static async Task LogStartAsync(
        ILogger logger,
        LoadedSettings loaded,
        List<string> ignored,
        LanguageExt.Option<string> zoneProblem,
        TimeProvider clock
    )
    {
        var log = new BackgroundLogger(logger, clock);
        await using (log.ConfigureAwait(false))
        {
            LogStart(
                log,
                CommandLine.Version,
                Environment.ProcessId,
                SettingsReport.FileOf(loaded),
                SettingsReport.RenderChanged(loaded)
            );
            UnknownVariables().ToList().ForEach(warning => LogUnknownVariable(log, warning));
            if (ignored.Count > 0)
            {
                LogIgnored(log, string.Join(" and ", ignored));
            }

            if (loaded.Settings is { TimeZone.IsNone: true, Now.IsNone: true })
            {
                zoneProblem.IfSome(problem => LogTimeZone(log, problem));
            }
        }
    }

    private static async Task<int> ServeAsync(
        IHost host,
        LoadedSettings loaded,
        LevelSwitch level,
        TimeProvider clock,
        ILogger log
    )
    {
        var service = host.Services.GetRequiredService<TinyTcpService>();
        var reloader = new SettingsReloader(
            loaded,
            level,
            changed => service.Server.IfSome(server => server.Reload(changed)),
            log
        );
        SignalHandlers.Add(reloader);
        var signals = new ForcedStopSignals(() => service.Server.IfSome(static server => server.StopNow()));
        SignalHandlers.Add(signals);
        using var notifications = new SystemdNotifications(
            NotifySocket.Find(Environment.GetEnvironmentVariable),
            service,
            host.Services.GetRequiredService<IHostApplicationLifetime>(),
            clock,
            log
        );
        await host.StartAsync().ConfigureAwait(false);
        hasStarted = true;
        // Signals that arrived during the start.
        reloader.ApplyCurrent();
        signals.OnStarted();
        await host.WaitForShutdownAsync().ConfigureAwait(false);
        host.Services.GetRequiredService<PortFile>().Remove().IfSome(problem => LogPortFile(log, problem));
        return ExitCodeOf(service).Code;
    }

    private static ExitCode ExitCodeOf(TinyTcpService service) =>
        service.ExecuteTask is { IsFaulted: true } ? ExitCode.Failed
        : service.Server.Exists(static server => server.AbortedConnections > 0) ? ExitCode.Aborted
        : ExitCode.Stopped;

    private static int Fail(ExitCode exit, params IReadOnlyList<string> errors)
    {
        errors.ToList().ForEach(WriteError);
        if (exit == ExitCode.Usage)
        {
            StandardStream.Error.Write("Try --help.\n");
        }

        return exit.Code;
    }

    // Where standard error is closed or full, the exit code says the kind of error.
    private static void WriteError(string error) =>
        StandardStream.Error.Write($"tinytcpd: {Escape.ToPrintable(Encoding.UTF8.GetBytes(error))}\n");

    [LoggerMessage(
        43,
        LogLevel.Warning,
        "{Problem}. Using UTC. Give --time-zone, such as Europe/Berlin, or correct TZ."
    )]
    private static partial void LogTimeZone(ILogger log, string problem);

    [LoggerMessage(
        44,
        LogLevel.Information,
        "tinytcpd {Version}, process {ProcessId}. Settings file: {File}. Settings that differ from the defaults: {Changed}."
    )]
    private static partial void LogStart(
        ILogger log,
        string version,
        int processId,
        string file,
        string changed
    );

    [LoggerMessage(
        47,
        LogLevel.Warning,
        "Ignored: {Settings}. The service manager passed a socket; its address is ListenStream= of the socket unit."
    )]
    private static partial void LogIgnored(ILogger log, string settings);

    [LoggerMessage(45, LogLevel.Warning, "{Problem}")]
    private static partial void LogUnknownVariable(ILogger log, string problem);

    [LoggerMessage(46, LogLevel.Warning, "Cannot remove the port file: {Problem}")]
    private static partial void LogPortFile(ILogger log, string problem);
}
