using System.CommandLine;
using System.ComponentModel;
using System.Text;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Win32.SafeHandles;
using TinyTcp.Core.Wire;
using TinyTcp.Server;
using TinyTcp.Shell.Logging;
using TinyTcp.Shell.Settings;
using TinyTcp.Shell.Systemd;

namespace TinyTcp.Shell;

/// <summary>The composition root: joins clock, settings, log, signals and server.</summary>
internal static class Program
{
    private const int StandardError = 2;

    private static async Task<int> Main(string[] arguments)
    {
        var parsed = CommandLine.Parse(arguments);
        if (parsed.Action is { } action && (parsed.Errors.Count == 0 || action.ClearsParseErrors))
        {
            return await parsed.InvokeAsync().ConfigureAwait(false);
        }

        return await parsed
            .SyntaxError()
            .Match(Some: static error => error, None: () => LoadedSettings.Load(() => OpenSources(parsed)))
            .Match(Right: StartAsync, Left: static error => Task.FromResult(Fail(ExitCode.Usage, error)))
            .ConfigureAwait(false);
    }

    private static Either<string, SettingsReader> OpenSources(ParseResult parsed) =>
        SettingsFile
            .Read(AppContext.BaseDirectory)
            .Map(file => new SettingsReader(parsed.TextOf, TextInEnvironment, file));

    private static LanguageExt.Option<string> TextInEnvironment(Setting setting) =>
        Prelude.Optional(Environment.GetEnvironmentVariable(setting.EnvironmentVariable));

    private static Task<int> StartAsync(LoadedSettings loaded) =>
        SocketActivation
            .OpenSockets(Environment.GetEnvironmentVariable)
            .Map(sockets => loaded.Settings.ToServerOptions() with { Listeners = sockets })
            .Bind(Check)
            .Match(
                Right: options => RunAsync(loaded, options),
                Left: static error => Task.FromResult(Fail(ExitCode.CannotListen, error))
            );

    // With too few descriptors the runtime cannot register a signal, so the check comes before that.
    private static Either<string, ServerOptions> Check(ServerOptions options) =>
        TinyServer.Check(options).Map(static error => error.ToString()).ToEither(options).Swap();

    private static async Task<int> RunAsync(LoadedSettings loaded, ServerOptions options)
    {
        var level = new LevelSwitch(loaded.Settings.LogLevel);
        using var host = Build(loaded.Settings, options, level);
        var service = host.Services.GetRequiredService<TinyTcpService>();
        var log = host.Services.GetRequiredService<ILogger<SettingsReloader>>();
        using var reloader = new SettingsReloader(
            loaded,
            level,
            changed => service.Server.IfSome(server => server.Reload(changed)),
            log
        );
        using var signals = new ForcedStopSignals(() =>
            service.Server.IfSome(static server => server.StopNow())
        );
        try
        {
            await host.StartAsync().ConfigureAwait(false);
            // Signals that arrived during the start.
            reloader.ApplyCurrent();
            signals.StopIfForced();
            await host.WaitForShutdownAsync().ConfigureAwait(false);
        }
        catch (TinyTcpStartException exception)
        {
            return Fail(ExitCode.CannotListen, exception.Message);
        }

        return ExitCodeOf(service).Code;
    }

    private static ExitCode ExitCodeOf(TinyTcpService service) =>
        service.ExecuteTask is { IsFaulted: true } ? ExitCode.Crashed
        : service.Server.Exists(static server => server.AbortedConnections > 0) ? ExitCode.Aborted
        : ExitCode.Stopped;

    private static IHost Build(ServerSettings settings, ServerOptions options, LevelSwitch level)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(new ServerClock(settings.TimeZone, settings.Now));
        builder.Services.AddTinyTcp(options);
        builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        builder.Services.AddHostedService<SystemdNotifications>();
        // drain-delay and drain-timeout bound a stop.
        builder.Services.Configure<HostOptions>(static host =>
            host.ShutdownTimeout = Timeout.InfiniteTimeSpan
        );
        builder.Services.Configure<ConsoleLifetimeOptions>(static lifetime =>
            lifetime.SuppressStatusMessages = true
        );
        AddLogging(builder.Logging, settings.LogFormat, level);
        return builder.Build();
    }

    /// <summary>
    /// A log on standard output. Its queue waits while the output is blocked: the one queue that drops and counts is the
    /// server's. The host logs nothing of its own, so that a blocked output cannot delay a stop.
    /// </summary>
    private static void AddLogging(ILoggingBuilder logging, LogFormat format, LevelSwitch level)
    {
        logging.SetMinimumLevel(LogLevel.Trace);
        logging.AddFilter(level.Allows);
        logging.AddFilter("Microsoft", LogLevel.None);
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.FormatterName = format.Formatter;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.Wait;
        });
        // AddConsole would also bind the logger's options to configuration, of which there is none.
        logging.Services.AddSingleton<ILoggerProvider, ConsoleLoggerProvider>();
        logging.Services.AddSingleton<ConsoleFormatter>(static services =>
            LineFormatter.Simple(services.GetRequiredService<TimeProvider>())
        );
        logging.Services.AddSingleton<ConsoleFormatter>(LineFormatter.Systemd());
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(static json => json.TimestampFormat = "O");
        }
    }

    private static int Fail(ExitCode exit, string error)
    {
        var hint = exit == ExitCode.Usage ? "Try --help.\n" : "";
        WriteError($"tinytcpd: {Escape.ToPrintable(Encoding.UTF8.GetBytes(error))}\n{hint}");
        return exit.Code;
    }

    /// <summary>
    /// Writes to standard error. Console opens descriptors of its own, and there may be none left: only a file needs it,
    /// because it moves the position that other writers share.
    /// </summary>
    private static void WriteError(string text)
    {
        try
        {
            using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
            using var direct = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            using var stream = direct.CanSeek ? Console.OpenStandardError() : direct;
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // Standard error is closed or full: the exit code says the kind of error.
        }
    }
}
