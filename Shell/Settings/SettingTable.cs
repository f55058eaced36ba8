using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Units;
using TinyTcp.Core.Wire;
using TinyTcp.Server;
using TinyTcp.Shell.Logging;

namespace TinyTcp.Shell.Settings;

/// <summary>All settings. Command line, environment, file, help and report follow from these rows.</summary>
internal static class SettingTable
{
    private static readonly ServerSettings Defaults = new();

    /// <summary>The rows, in the order of help.</summary>
    public static ImmutableArray<Setting> Rows { get; } =
    [
        new(
            "host",
            "ADDRESS",
            $"IP address to listen on, or localhost for 127.0.0.1. [default: {Defaults.Host}]",
            static settings => settings.Host.ToString(),
            ApplyHost
        )
        {
            IsAddress = true,
        },
        // Before port, whose range depends on it.
        new(
            "any-port",
            "BOOLEAN",
            $"Allow every port, {AnyPortRange}, such as 443.",
            static settings => settings.AnyPort ? "true" : "false",
            ApplyAnyPort
        )
        {
            IsSwitch = true,
        },
        new(
            "port",
            "PORT",
            $"Port to listen on. {PortRange} [default: {Defaults.Port}]",
            static settings => $"{settings.Port}",
            ApplyPort
        )
        {
            IsAddress = true,
        },
        new(
            "port-file",
            Setting.FileValueName,
            "File to write the port to once the server listens; it is removed at the end.",
            static settings => settings.PortFile.IfNone("none"),
            ApplyPortFile
        ),
        new(
            "threads",
            "NUMBER",
            $"Number of event-loop threads, which share the connections. {ThreadRange} [default: {Defaults.Threads}]",
            static settings => $"{settings.Threads}",
            ApplyThreads
        ),
        new(
            "time-zone",
            "ZONE",
            "Time zone of the TIME command and the log, such as Europe/Berlin. [default: the machine's]",
            static settings => settings.TimeZone.Map(static zone => zone.Id).IfNone("the machine's"),
            ApplyTimeZone
        ),
        new(
            "now",
            "TIMESTAMP",
            "For tests: stop the clock of the TIME command and the log at a timestamp, such as 2025-09-12T17:24:13-05:00.",
            static settings => settings.Now.Map(static time => $"{Timestamp.From(time)}").IfNone("none"),
            ApplyNow
        ),
        .. LimitTable.Rows.Select(LimitSetting.For),
        new(
            "drain-delay",
            "DURATION",
            $"At a stop, how long to keep serving normally, so that load balancers notice. {DrainRange} [default: {Format(Defaults.DrainDelay)}]",
            static settings => Format(settings.DrainDelay),
            static (settings, text) => ParseDrain(text).Map(time => settings with { DrainDelay = time })
        )
        {
            IsReloadable = true,
        },
        new(
            "drain-timeout",
            "DURATION",
            $"After drain-delay, how long open connections may take to end before they are aborted. {DrainRange}; 0 means no limit [default: {Format(Defaults.DrainTimeout)}]",
            static settings => Format(settings.DrainTimeout),
            static (settings, text) => ParseDrain(text).Map(time => settings with { DrainTimeout = time })
        )
        {
            IsReloadable = true,
        },
        new(
            "log-level",
            "LEVEL",
            $"Minimum level that is logged: {JoinWithOr(LevelNames.All)}. [default: {LevelNames.Of(Defaults.LogLevel)}]",
            static settings => LevelNames.Of(settings.LogLevel),
            ApplyLogLevel
        )
        {
            IsReloadable = true,
            Choices = LevelNames.All,
        },
        new(
            "log-format",
            "FORMAT",
            $"Format of log lines: {JoinWithOr(LogFormats)}. [default: {Defaults.LogFormat.Name}]",
            static settings => settings.LogFormat.Name,
            ApplyLogFormat
        )
        {
            Choices = LogFormats,
        },
    ];

    private static string PortRange =>
        $"{ServerOptions.MinPort}..{ServerOptions.MaxPort}, or 0 for one that the system picks";

    private static string AnyPortRange => $"1..{IPEndPoint.MaxPort}";

    private static string ThreadRange => $"1..{ServerOptions.MaxThreads}, or 0 for one per available core";

    private static string DrainRange => $"0..{Format(ServerOptions.MaxDrain)}";

    private static IEnumerable<string> LogFormats => LogFormat.All.Select(static format => format.Name);

    private static Either<string, ServerSettings> ApplyHost(ServerSettings settings, string text) =>
        ParseAddress(text == "localhost" ? "127.0.0.1" : text)
            .Map(address => settings with { Host = address })
            .ToEither(
                $"'{text}' is not a valid IP address. Give an address of this machine, such as 127.0.0.1 or ::1, 0.0.0.0 for all, or localhost."
            );

    // .NET also parses abbreviations, 8080 as 0.0.31.144, and drops a port behind brackets.
    private static Option<IPAddress> ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address)
        && (
            address.AddressFamily == AddressFamily.InterNetworkV6
                ? !text.Contains(']') || text.EndsWith(']')
                : address.ToString() == text
        )
            ? address
            : Option<IPAddress>.None;

    private static Either<string, ServerSettings> ApplyAnyPort(ServerSettings settings, string text) =>
        bool.TryParse(text, out var isAny)
            ? settings with
            {
                AnyPort = isAny,
            }
            : $"'{text}' is not valid. Give true or false.";

    private static Either<string, ServerSettings> ApplyPort(ServerSettings settings, string text) =>
        TryParse(text, out var port)
        && (ServerOptions.AllowsPort(port) || (settings.AnyPort && port <= IPEndPoint.MaxPort))
            ? settings with
            {
                Port = port,
            }
            : $"'{text}' is not a valid server port. Give {PortRange}; --any-port allows {AnyPortRange}.";

    private static Either<string, ServerSettings> ApplyPortFile(ServerSettings settings, string text) =>
        text.Length > 0
            ? settings with
            {
                PortFile = text,
            }
            : "'' is not a path. Give one such as /run/tinytcp/port.";

    private static Either<string, ServerSettings> ApplyThreads(ServerSettings settings, string text) =>
        TryParse(text, out var threads) && ServerOptions.AllowsThreads(threads)
            ? settings with
            {
                Threads = threads,
            }
            : $"'{text}' is not a valid number of threads. Give {ThreadRange}.";

    private static Either<string, ServerSettings> ApplyTimeZone(ServerSettings settings, string text) =>
        IsZoneName(text) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
            ? settings with
            {
                TimeZone = zone,
            }
            : $"'{text}' is not a time zone of this machine. Give an IANA name, such as Europe/Berlin or UTC.";

    // .NET also reads paths, of devices and pipes, too.
    private static bool IsZoneName(string text) =>
        !text.StartsWith('/')
        && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '+' or '-');

    private static Either<string, ServerSettings> ApplyNow(ServerSettings settings, string text) =>
        LineText
            .From(text)
            .Bind(static line => Timestamp.Read(line.Bytes))
            .Match(
                Some: time => (Either<string, ServerSettings>)(settings with { Now = time.Moment }),
                None: () => $"'{text}' is not a valid timestamp. Give one such as 2025-09-12T17:24:13-05:00."
            );

    private static Either<string, ServerSettings> ApplyLogLevel(ServerSettings settings, string text) =>
        LevelNames
            .Parse(text)
            .Map(level => settings with { LogLevel = level })
            .ToEither($"'{text}' is not a valid log level. Give {JoinWithOr(LevelNames.All)}.");

    private static Either<string, ServerSettings> ApplyLogFormat(ServerSettings settings, string text) =>
        LogFormat.All.FirstOrDefault(format => format.Name == text) is { } format
            ? settings with
            {
                LogFormat = format,
            }
            : $"'{text}' is not a valid log format. Give {JoinWithOr(LogFormats)}.";

    private static Either<string, TimeSpan> ParseDrain(string text) =>
        UnitNotation
            .Durations.Parse(text)
            .Filter(static milliseconds => milliseconds <= ServerOptions.MaxDrain.TotalMilliseconds)
            .Map(static milliseconds => TimeSpan.FromMilliseconds(milliseconds))
            .ToEither($"'{text}' is not a valid duration. Give {DrainRange}, such as 500ms or 10s.");

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Format(TimeSpan time) =>
        UnitNotation.Durations.Format((long)time.TotalMilliseconds);

    private static string JoinWithOr(IEnumerable<string> names)
    {
        var all = names.ToList();
        return $"{string.Join(", ", all.SkipLast(1))} or {all[^1]}";
    }
}
