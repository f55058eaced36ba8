using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using TinyTcp.Server;
using TinyTcp.Shell.Logging;
using TinyTcp.Shell.Settings;

namespace TinyTcp.Shell;

/// <summary>The Generic Host of the server, the port file and the log.</summary>
internal static class ServerHost
{
    /// <summary>Builds the host.</summary>
    /// <param name="settings">The format of the log, and the port file.</param>
    /// <param name="options">The server's options.</param>
    /// <param name="level">The log's minimum level.</param>
    /// <param name="clock">The clock of server and log.</param>
    public static IHost Build(
        ServerSettings settings,
        ServerOptions options,
        LevelSwitch level,
        TimeProvider clock
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(clock);
        builder.Services.AddTinyTcp(options);
        builder.Services.AddSingleton(services => new PortFile(
            settings.PortFile,
            services.GetRequiredService<TinyTcpService>()
        ));
        builder.Services.AddSingleton<IHostedService>(static services =>
            services.GetRequiredService<PortFile>()
        );
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
            logging.AddJsonConsole(static json =>
            {
                (json.TimestampFormat, json.UseUtcTimestamp) = ("O", true);
                // Escapes what JSON requires, and not what HTML does, such as the + of a timestamp.
                json.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
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
}
