using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
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
        return parsed.Action is { } action && (parsed.Errors.Count == 0 || action.ClearsParseErrors)
            ? PrintAsync(parsed)
            : parsed
                .SyntaxError()
                .Match(
                    Some: static error => error,
                    None: () => LoadedSettings.Load(() => OpenSources(parsed))
                )
                .Match(Right: StartAsync, Left: static error => Task.FromResult(Fail(ExitCode.Usage, error)));
    }

    /// <summary>Prints help or the version.</summary>
    private static async Task<int> PrintAsync(ParseResult parsed)
    {
        using var text = new StringWriter();
        var code = await parsed
            .InvokeAsync(new InvocationConfiguration { Output = text, EnableDefaultExceptionHandler = false })
            .ConfigureAwait(false);
        return StandardStream
            .Output.Write(text.ToString())
            .Match(
                Some: static problem => Fail(ExitCode.Failed, $"Cannot write to standard output: {problem}."),
                None: () => code
            );
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
                Right: options => ServeAsync(loaded, options),
                Left: static error => Task.FromResult(Fail(ExitCode.CannotStart, error))
            );

    // With too few descriptors the runtime cannot register a signal, so the check comes before that.
    private static Either<string, ServerOptions> Check(ServerOptions options) =>
        TinyServer.Check(options).Map(static error => error.ToString()).ToEither(options).Swap();

    private static async Task<int> ServeAsync(LoadedSettings loaded, ServerOptions options)
    {
        var level = new LevelSwitch(loaded.Settings.LogLevel);
        var (machine, zoneProblem) = MachineTimeZone.Find(
            Environment.GetEnvironmentVariable,
            TimeProvider.System.GetUtcNow()
        );
        var clock = new ServerClock(loaded.Settings.TimeZone, loaded.Settings.Now, machine);
        using var host = Build(loaded.Settings.LogFormat, options, level, clock);
        var log = new BackgroundLogger(
            host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("TinyTcp.Shell"),
            clock
        );
        await using (log.ConfigureAwait(false))
        {
            if (loaded.Settings is { TimeZone.IsNone: true, Now.IsNone: true })
            {
                zoneProblem.IfSome(problem => LogTimeZone(log, problem));
            }

            return await ServeAsync(host, loaded, level, clock, log).ConfigureAwait(false);
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
        return ExitCodeOf(service).Code;
    }

    private static ExitCode ExitCodeOf(TinyTcpService service) =>
        service.ExecuteTask is { IsFaulted: true } ? ExitCode.Failed
        : service.Server.Exists(static server => server.AbortedConnections > 0) ? ExitCode.Aborted
        : ExitCode.Stopped;

    private static IHost Build(LogFormat format, ServerOptions options, LevelSwitch level, TimeProvider clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(clock);
        builder.Services.AddTinyTcp(options);
        // drain-delay and drain-timeout bound a stop.
        builder.Services.Configure<HostOptions>(static host =>
            host.ShutdownTimeout = Timeout.InfiniteTimeSpan
        );
        builder.Services.Configure<ConsoleLifetimeOptions>(static lifetime =>
            lifetime.SuppressStatusMessages = true
        );
        AddLogging(builder.Logging, format, level);
        return builder.Build();
    }

    /// <summary>
    /// A log on standard output. A blocked output blocks its callers: the queues that drop and count are before it. The host
    /// logs nothing of its own, so that a blocked output cannot delay a stop.
    /// </summary>
    private static void AddLogging(ILoggingBuilder logging, LogFormat format, LevelSwitch level)
    {
        logging.SetMinimumLevel(LogLevel.Trace);
        logging.AddFilter(level.Allows);
        logging.AddFilter("Microsoft", LogLevel.None);
        if (format == LogFormat.Json)
        {
            // In UTC: the formatter asks .NET for the time zone, which cannot read every value of TZ.
            logging.AddJsonConsole(static json => (json.TimestampFormat, json.UseUtcTimestamp) = ("O", true));
            logging.ClearProviders();
        }

        logging.Services.AddSingleton<ConsoleFormatter>(static services =>
            LineFormatter.Simple(services.GetRequiredService<TimeProvider>())
        );
        logging.Services.AddSingleton<ConsoleFormatter>(LineFormatter.Systemd());
        logging.Services.AddSingleton<ILoggerProvider>(services => new StreamLoggerProvider(
            services.GetServices<ConsoleFormatter>().Single(each => each.Name == format.Formatter),
            StandardStream.Output
        ));
    }

    private static int Fail(ExitCode exit, string error)
    {
        var hint = exit == ExitCode.Usage ? "Try --help.\n" : "";
        // Where standard error is closed or full, the exit code says the kind of error.
        _ = StandardStream.Error.Write(
            $"tinytcpd: {Escape.ToPrintable(Encoding.UTF8.GetBytes(error))}\n{hint}"
        );
        return exit.Code;
    }

    [LoggerMessage(
        43,
        LogLevel.Warning,
        "{Problem}. Using UTC. Give --time-zone, such as Europe/Berlin, or correct TZ."
    )]
    private static partial void LogTimeZone(ILogger log, string problem);
}
