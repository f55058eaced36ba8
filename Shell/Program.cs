using System.CommandLine;
using System.Text;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using TinyTcp.Core;
using TinyTcp.Server;
using TinyTcp.Shell.Settings;

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
            .Match(Some: static problem => problem, None: () => ReadSettings(parsed))
            .Match(Right: RunAsync, Left: static problem => Task.FromResult(Fail(ExitCode.Usage, problem)))
            .ConfigureAwait(false);
    }

    private static Either<string, ServerSettings> ReadSettings(ParseResult parsed) =>
        SettingsFile
            .Read(AppContext.BaseDirectory)
            .Bind(file => new SettingsReader(parsed.Given, FromEnvironment, file).Read());

    private static LanguageExt.Option<string> FromEnvironment(Setting setting) =>
        Prelude.Optional(Environment.GetEnvironmentVariable(setting.Variable));

    private static async Task<int> RunAsync(ServerSettings settings)
    {
        using var host = Build(settings);
        var services = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        try
        {
            await host.RunAsync().ConfigureAwait(false);
        }
        catch (TinyTcpStartException exception)
        {
            return Fail(ExitCode.CannotListen, exception.Message);
        }

        var died = services.Exists(static service => service.ExecuteTask is { IsFaulted: true });
        return died ? ExitCode.Died.Code : ExitCode.Stopped.Code;
    }

    private static IHost Build(ServerSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddClosedOptions();
        // The one check that the host makes at start is there to start its metrics, to which nobody listens.
        builder.Services.RemoveAll<IStartupValidator>();
        builder.Services.AddSingleton(settings.ToClock());
        builder.Services.AddTinyTcp(settings.ToServerOptions());
        builder.Services.Configure<ConsoleLifetimeOptions>(static lifetime =>
            lifetime.SuppressStatusMessages = true
        );
        builder.Logging.SetMinimumLevel(settings.LogLevel);
        builder.Logging.AddFilter("Microsoft", LogLevel.Critical);
        AddConsole(builder.Logging, settings.LogFormat);
        return builder.Build();
    }

    /// <summary>A log that drops rather than blocks, and says how much: nobody waits for it.</summary>
    private static void AddConsole(ILoggingBuilder logging, LogFormat format)
    {
        logging.AddConsole(console =>
        {
            console.FormatterName = format.Name;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        logging.Services.Configure<SimpleConsoleFormatterOptions>(static simple =>
        {
            simple.SingleLine = true;
            simple.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fffK ";
        });
        logging.Services.Configure<JsonConsoleFormatterOptions>(static json => json.TimestampFormat = "O");
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
