using System.CommandLine;
using System.Text;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using TinyTcp.Core.Wire;
using TinyTcp.Server;
using TinyTcp.Shell.Logging;
using TinyTcp.Shell.Settings;
using TinyTcp.Shell.Systemd;

namespace TinyTcp.Shell;

/// <summary>The composition root: the only place where clock, settings and log meet the server.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var parsed = CommandLine.Parse(arguments);
        if (parsed.Action is { } action && (parsed.Errors.Count == 0 || action.ClearsParseErrors))
        {
            return await parsed.InvokeAsync().ConfigureAwait(false);
        }

        return await parsed
            .Problem()
            .Match(Some: static problem => problem, None: () => LoadedSettings.Load(() => ReaderOf(parsed)))
            .Match(Right: ListenAsync, Left: static problem => Task.FromResult(Fail(ExitCode.Usage, problem)))
            .ConfigureAwait(false);
    }

    private static Either<string, SettingsReader> ReaderOf(ParseResult parsed) =>
        SettingsFile
            .Read(AppContext.BaseDirectory)
            .Map(file => new SettingsReader(parsed.Given, FromEnvironment, file));

    private static LanguageExt.Option<string> FromEnvironment(Setting setting) =>
        Prelude.Optional(Environment.GetEnvironmentVariable(setting.EnvironmentVariable));

    private static Task<int> ListenAsync(LoadedSettings told) =>
        SocketActivation
            .Take(Environment.GetEnvironmentVariable)
            .Match(
                Right: sockets =>
                    RunAsync(told, told.Settings.ToServerOptions() with { Listeners = sockets }),
                Left: static problem => Task.FromResult(Fail(ExitCode.CannotListen, problem))
            );

    private static async Task<int> RunAsync(LoadedSettings told, ServerOptions options)
    {
        var level = new LevelSwitch(told.Settings.LogLevel);
        using var host = Build(told.Settings, options, level);
        var service = host.Services.GetRequiredService<TinyTcpService>();
        var log = host.Services.GetRequiredService<ILogger<SettingsReloader>>();
        using SettingsReloader reload = new SettingsReloader(told, level, service, log);
        using ForcedStopSignals signals = new ForcedStopSignals(() =>
            service.Server.IfSome(static server => server.StopNow())
        );
        try
        {
            await host.RunAsync().ConfigureAwait(false);
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
        builder.Services.AddClosedOptions();
        // The one check that the host makes at start is there to start its metrics, to which nobody listens.
        builder.Services.RemoveAll<IStartupValidator>();
        builder.Services.AddSingleton(settings.ToClock());
        builder.Services.AddTinyTcp(options);
        // What speaks with systemd is not even loaded where there is none.
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not null)
        {
            AddNotifications(builder.Services);
        }

        // The server has a time-out of its own for stopping.
        builder.Services.Configure<HostOptions>(static host =>
            host.ShutdownTimeout = Timeout.InfiniteTimeSpan
        );
        builder.Services.Configure<ConsoleLifetimeOptions>(static lifetime =>
            lifetime.SuppressStatusMessages = true
        );
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Logging.AddFilter(level.Allows);
        builder.Logging.AddFilter("Microsoft", LogLevel.Critical);
        AddConsole(builder.Logging, settings.LogFormat);
        return builder.Build();
    }

    private static void AddNotifications(IServiceCollection services)
    {
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddHostedService<SystemdNotifications>();
    }

    /// <summary>A log that drops rather than blocks, and says how much: nobody waits for it.</summary>
    private static void AddConsole(ILoggingBuilder logging, LogFormat format)
    {
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.FormatterName = format.Formatter;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        if (format == LogFormat.Json)
        {
            logging.AddConsole();
            logging.Services.Configure<JsonConsoleFormatterOptions>(static json =>
                json.TimestampFormat = "O"
            );
        }
        else
        {
            logging.Services.AddSingleton<ConsoleFormatter>(LineFormatter.Simple);
            logging.Services.AddSingleton<ConsoleFormatter>(LineFormatter.Systemd);
            logging.Services.AddSingleton<ILoggerProvider, ConsoleLoggerProvider>();
        }
    }

    private static int Fail(ExitCode exit, string problem)
    {
        Console.Error.WriteLine($"tinytcpd: {Escape.ToPrintable(Encoding.UTF8.GetBytes(problem))}");
        if (exit == ExitCode.Usage)
        {
            Console.Error.WriteLine("Try --help.");
        }

        return exit.Code;
    }
}
