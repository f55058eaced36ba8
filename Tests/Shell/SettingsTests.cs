using System.Collections.Immutable;
using System.Net;
using LanguageExt;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using TinyTcp.Shell;
using TinyTcp.Shell.Settings;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>Settings are read, validated and combined.</summary>
public sealed class SettingsTests
{
    private static readonly (string, string)[] Nothing = [];

    private static readonly MachineTimeZone Utc = MachineTimeZone.Find(static _ => "", default).Zone;

    public static TheoryData<string, string, double> Times =>
        new()
        {
            { "idle-timeout", "90", 90_000 },
            { "idle-timeout", "1.5s", 1_500 },
            { "idle-timeout", "250ms", 250 },
            { "line-timeout", "2m", 120_000 },
            { "line-timeout", "24h", 86_400_000 },
            { "line-timeout", "0", 0 },
            { "line-timeout", "1.005s", 1_005 },
        };

    [Theory]
    [InlineData("0.4ms")]
    [InlineData("0.0001")]
    [InlineData("1.0001s")]
    [InlineData("79228162514264337593543950335h")]
    public void A_duration_finer_than_a_millisecond_is_rejected_and_never_disables_a_limit(string text) =>
        Assert.True(Read([("idle-timeout", text)], Nothing, Nothing).IsLeft);

    [Fact]
    public void Without_any_source_all_settings_have_their_defaults()
    {
        var settings = TestValues.Right(Read(Nothing, Nothing, Nothing));
        Assert.Equal(new ServerOptions { ReturnsMemory = true }, settings.ToServerOptions());
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 40_000), settings.ToServerOptions().EndPoint);
        Assert.Equal(Limits.Default, settings.Limits);
    }

    [Fact]
    public void The_command_line_overrides_the_environment_which_overrides_the_file()
    {
        (string, string)[] commandLine = [("port", "2001")];
        (string, string)[] environment = [("port", "2002"), ("max-line", "200")];
        (string, string)[] file = [("port", "2003"), ("max-line", "300"), ("max-errors", "3")];
        var settings = TestValues.Right(Read(commandLine, environment, file));
        Assert.Equal((2001, 200, 3), (settings.Port, settings.Limits.MaxLine, settings.Limits.MaxErrors));
    }

    [Theory]
    [MemberData(nameof(Times))]
    public void A_duration_without_a_unit_is_in_seconds(string name, string text, double milliseconds)
    {
        var limit = LimitTable.Rows.Single(row => row.Name == name);
        var settings = TestValues.Right(Read([(name, text)], Nothing, Nothing));
        Assert.Equal(milliseconds, limit.Get(settings.Limits));
    }

    [Law]
    public bool A_limit_accepts_exactly_the_values_that_its_row_allows(byte row, long value)
    {
        var limit = LimitTable.Rows[row % LimitTable.Rows.Length];
        var unit = limit.Unit == LimitUnit.Milliseconds ? "ms" : "";
        var read = Read([(limit.Name, $"{value}{unit}")], Nothing, Nothing);
        return read.IsRight == limit.Allows(value)
            && (read.IsLeft || limit.Get(TestValues.Right(read).Limits) == value);
    }

    [Law]
    public bool Any_text_gives_settings_or_an_error(byte row, TinyTcp.Tests.Core.Generators.AnyString text)
    {
        var setting = SettingTable.Rows[row % SettingTable.Rows.Length];
        return Read([(setting.Name, text.Characters)], Nothing, Nothing)
            .Match(Right: static _ => true, Left: static errors => errors is [{ Length: > 0 }, ..]);
    }

    [Fact]
    public void A_value_with_a_NUL_is_an_error() =>
        Assert.Equal(
            "TINYTCP_MAX_LINE: '100\0' has a NUL in it. Remove it.",
            Assert.Single(TestValues.Left(Read(Nothing, [("max-line", "100\0")], Nothing)))
        );

    [Theory]
    [InlineData("host", "::1")]
    [InlineData("any-port", "true")]
    [InlineData("port", "40001")]
    [InlineData("port-file", "/run/tinytcp/port")]
    [InlineData("threads", "3")]
    [InlineData("time-zone", "Europe/Berlin")]
    [InlineData("now", "2025-09-12T17:24:13-05:00")]
    [InlineData("max-line", "16k")]
    [InlineData("idle-timeout", "250ms")]
    [InlineData("max-errors", "0")]
    [InlineData("drain-delay", "90s")]
    [InlineData("drain-timeout", "0")]
    [InlineData("log-level", "none")]
    [InlineData("log-format", "systemd")]
    public void A_value_is_printed_as_it_is_given(string name, string text) =>
        Assert.Equal(
            text,
            SettingTable
                .Rows.Single(setting => setting.Name == name)
                .Format(TestValues.Right(Read([(name, text)], Nothing, Nothing)))
        );

    [Theory]
    [InlineData("info", LogLevel.Information)]
    [InlineData("INFO", LogLevel.Information)]
    [InlineData("information", LogLevel.Information)]
    [InlineData("warn", LogLevel.Warning)]
    [InlineData("Warning", LogLevel.Warning)]
    [InlineData("Critical", LogLevel.Critical)]
    public void A_log_level_has_the_names_of_the_log_and_of_NET_in_any_letter_case(
        string text,
        LogLevel level
    ) => Assert.Equal(level, TestValues.Right(Read([("log-level", text)], Nothing, Nothing)).LogLevel);

    [Theory]
    [InlineData(80, false)]
    [InlineData(443, false)]
    [InlineData(1024, false)]
    [InlineData(49152, false)]
    [InlineData(65535, false)]
    [InlineData(0, true)]
    [InlineData(1025, true)]
    [InlineData(49151, true)]
    public void A_port_outside_the_range_of_servers_needs_any_port(int port, bool isInRange)
    {
        Assert.Equal(isInRange, Read([("port", $"{port}")], Nothing, Nothing).IsRight);
        var settings = TestValues.Right(Read([("port", $"{port}")], [("any-port", "true")], Nothing));
        Assert.Equal(port, settings.ToServerOptions().EndPoint.Port);
    }

    [Theory]
    [InlineData(
        "TINYTCP_PROT",
        "Unknown environment variable TINYTCP_PROT is ignored. Did you mean TINYTCP_PORT?"
    )]
    [InlineData(
        "tinytcp_max_line",
        "Unknown environment variable tinytcp_max_line is ignored. Did you mean TINYTCP_MAX_LINE?"
    )]
    [InlineData("TINYTCP_CONFIG", "Unknown environment variable TINYTCP_CONFIG is ignored. Remove it.")]
    [InlineData("TINYTCP_MAX_LINE", "")]
    [InlineData("TINYTCP_TARGET", "")]
    [InlineData("TINYTCP_TEST_CASES", "")]
    [InlineData("PORT", "")]
    public void A_variable_that_begins_like_a_setting_and_is_none_is_reported(string name, string sentence) =>
        Assert.Equal(sentence, string.Concat(SettingVariables.FindUnknown([name])));

    [Theory]
    [InlineData("::1", true)]
    [InlineData("[::1]", true)]
    [InlineData("[::1]:5555", false)]
    [InlineData("[::1]:0x50", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1:5555", false)]
    [InlineData("8080", false)]
    public void A_host_is_an_address_without_a_port(string text, bool isRight) =>
        Assert.Equal(isRight, Read([("host", text)], Nothing, Nothing).IsRight);

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("UTC", true)]
    [InlineData("Etc/GMT+5", true)]
    [InlineData("/dev/zero", false)]
    [InlineData("/usr/share/zoneinfo/Europe/Berlin", false)]
    [InlineData("../../../dev/zero", false)]
    [InlineData("CST-8", false)]
    public void A_time_zone_is_a_name_and_not_a_path(string text, bool isRight) =>
        Assert.Equal(isRight, Read([("time-zone", text)], Nothing, Nothing).IsRight);

    [Fact]
    public void A_fixed_time_stops_the_local_time_and_not_the_timestamps()
    {
        var settings = TestValues.Right(Read([("now", "2025-09-12T17:24:13-05:00")], Nothing, Nothing));
        var clock = new ServerClock(settings.TimeZone, settings.Now, Utc);
        Assert.Equal(TestValues.Moment, clock.GetLocalNow());
        Assert.Equal(TestValues.Moment.Offset, clock.GetLocalNow().Offset);
        Assert.Equal(TimeProvider.System.TimestampFrequency, clock.TimestampFrequency);
        var before = TimeProvider.System.GetTimestamp();
        Assert.InRange(clock.GetTimestamp(), before, TimeProvider.System.GetTimestamp());
    }

    [Fact]
    public void The_time_zone_setting_sets_the_offset_of_the_local_time()
    {
        var settings = TestValues.Right(Read([("time-zone", "Asia/Kolkata")], Nothing, Nothing));
        var clock = new ServerClock(settings.TimeZone, settings.Now, Utc);
        Assert.Equal(TimeSpan.FromHours(5.5), clock.GetLocalNow().Offset);
    }

    private static Either<ImmutableArray<string>, ServerSettings> Read(
        (string Name, string Text)[] commandLine,
        (string Name, string Text)[] environment,
        (string Name, string Text)[] file
    ) =>
        new SettingsReader(
            Source(commandLine),
            Source(environment),
            SettingsFile.None with
            {
                Texts = SettingTable
                    .Rows.SelectMany(setting =>
                        file.Where(each => each.Name == setting.Name).Select(each => (setting, each.Text))
                    )
                    .ToImmutableDictionary(
                        static each => each.setting,
                        static each => new GivenText("file", each.Text)
                    ),
            }
        ).Read();

    private static Func<Setting, Option<string>> Source((string Name, string Text)[] values) =>
        setting =>
            values.Where(each => each.Name == setting.Name).Select(static each => each.Text).ToOption();
}
