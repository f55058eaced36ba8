using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using LanguageExt;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;
using TinyTcp.Server;

namespace TinyTcp.Shell.Settings;

/// <summary>All settings: command line, environment, appsettings.json and help follow from these rows.</summary>
internal static class SettingTable
{
    private static readonly ServerSettings Defaults = new();

    /// <summary>The rows, in the order of help.</summary>
    public static ImmutableArray<Setting> Rows { get; } =
    [
        new("host", "ADDRESS", $"The address to listen on. Default: {Defaults.Host}.", ApplyHost),
        new(
            "port",
            "PORT",
            $"The port to listen on: {ServerOptions.MinPort} to {ServerOptions.MaxPort}, or 0 to let the system pick. Default: {Defaults.Port}.",
            ApplyPort
        ),
        new(
            "threads",
            "NUMBER",
            $"How many threads serve, each with its share of the connections: {Threads}. Default: {Defaults.Threads}.",
            ApplyThreads
        ),
        new(
            "time-zone",
            "ZONE",
            "The time zone of TIME, such as Europe/Berlin. Default: the machine's.",
            ApplyZone
        ),
        new("now", "TIMESTAMP", "Lets TIME stand still there, such as 2025-09-12T17:24:13-05:00.", ApplyNow),
        .. LimitTable.Rows.Select(LimitSetting.For),
        new(
            "drain-delay",
            "TIME",
            $"For how long a server that is told to stop goes on as before, so that balancers notice. {DrainTimes}. Default: {Show(Defaults.DrainDelay)}.",
            static (settings, text) => ReadDrain(text).Map(time => settings with { DrainDelay = time })
        )
        {
            Reloads = true,
        },
        new(
            "drain-timeout",
            "TIME",
            $"How long conversations then have to end before they are cut; 0 for as long as they like. {DrainTimes}. Default: {Show(Defaults.DrainTimeout)}.",
            static (settings, text) => ReadDrain(text).Map(time => settings with { DrainTimeout = time })
        )
        {
            Reloads = true,
        },
        new(
            "log-level",
            "LEVEL",
            $"The least level that is logged: {List(LogLevels)}. Default: {Name(Defaults.LogLevel)}.",
            ApplyLogLevel
        )
        {
            Reloads = true,
        },
        new(
            "log-format",
            "FORMAT",
            $"How log lines look: {List(LogFormats)}. Default: {Defaults.LogFormat.Name}.",
            ApplyLogFormat
        ),
    ];

    private static string DrainTimes => $"0 to {Show(ServerOptions.MaxDrain)}";

    private static string Threads =>
        $"1 to {ServerOptions.MaxThreads}, or 0 for one on each core that the server may use";

    private static IEnumerable<string> LogLevels => Enum.GetValues<LogLevel>().Select(Name);

    private static IEnumerable<string> LogFormats => LogFormat.All.Select(static format => format.Name);

    private static Either<string, ServerSettings> ApplyHost(ServerSettings settings, string text) =>
        IPAddress.TryParse(text == "localhost" ? "127.0.0.1" : text, out var address)
            ? settings with
            {
                Host = address,
            }
            : $"'{text}' is no IP address. Give one of this machine's, such as 127.0.0.1, ::1 or 0.0.0.0 for all.";

    private static Either<string, ServerSettings> ApplyPort(ServerSettings settings, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && ServerOptions.AllowsPort(port)
            ? settings with
            {
                Port = port,
            }
            : $"'{text}' is no port for a server. Give a number from {ServerOptions.MinPort} to {ServerOptions.MaxPort}, or 0 to let the system pick.";

    private static Either<string, ServerSettings> ApplyThreads(ServerSettings settings, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var threads)
        && ServerOptions.AllowsThreads(threads)
            ? settings with
            {
                Threads = threads,
            }
            : $"'{text}' is no number of threads. Give {Threads}.";

    private static Either<string, ServerSettings> ApplyZone(ServerSettings settings, string text) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
            ? settings with
            {
                TimeZone = zone,
            }
            : $"'{text}' is no time zone that this machine knows. Give an IANA name, such as Europe/Berlin or UTC.";

    private static Either<string, ServerSettings> ApplyNow(ServerSettings settings, string text) =>
        LineText
            .From(text)
            .Bind(static given => Timestamp.Read(given.Bytes))
            .Match(
                Some: time => (Either<string, ServerSettings>)(settings with { Now = time.Moment }),
                None: () => $"'{text}' is no timestamp. Give one such as 2025-09-12T17:24:13-05:00."
            );

    private static Either<string, ServerSettings> ApplyLogLevel(ServerSettings settings, string text) =>
        Enum.GetValues<LogLevel>().Where(level => Name(level) == text).ToOption().Case is LogLevel chosen
            ? settings with
            {
                LogLevel = chosen,
            }
            : $"'{text}' is no log level. Give {List(LogLevels)}.";

    private static Either<string, ServerSettings> ApplyLogFormat(ServerSettings settings, string text) =>
        LogFormat.All.FirstOrDefault(format => format.Name == text) is { } chosen
            ? settings with
            {
                LogFormat = chosen,
            }
            : $"'{text}' is no log format. Give {List(LogFormats)}.";

    private static Either<string, TimeSpan> ReadDrain(string text) =>
        DurationText
            .Parse(text)
            .Filter(static time => time <= ServerOptions.MaxDrain.TotalMilliseconds)
            .Map(static time => TimeSpan.FromMilliseconds(time))
            .ToEither($"'{text}' will not do. Give {DrainTimes}.");

    private static string Show(TimeSpan time) => DurationText.Format((long)time.TotalMilliseconds);

    private static string Name(LogLevel level) => level.ToString().ToLowerInvariant();

    private static string List(IEnumerable<string> names)
    {
        var all = names.ToList();
        return $"{string.Join(", ", all.SkipLast(1))} or {all[^1]}";
    }
}
