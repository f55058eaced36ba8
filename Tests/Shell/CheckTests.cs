using TinyTcp.Shell.Settings;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary><c>--check</c>: what is wrong with the settings, where it is given, and what to give; or all settings.</summary>
[Trait("Category", "Program")]
public sealed class CheckTests : IDisposable
{
    private const string Program = ProgramProcess.Server;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tinytcp");

    public static TheoryData<string, string> WrongOptions =>
        new()
        {
            {
                "--port 80",
                "--port: '80' is not a valid server port. Give 1025..49151, or 0 for one that the system picks; --any-port allows 1..65535."
            },
            { "--port 49152", "--port: '49152' is not a valid server port." },
            { "--port x", "--port: 'x' is not a valid server port." },
            { "--any-port --port 65536", "--port: '65536' is not a valid server port." },
            { "--host [::1]:5555", "--host: '[::1]:5555' is not a valid IP address." },
            {
                "--host nowhere",
                "--host: 'nowhere' is not a valid IP address. Give an address of this machine"
            },
            {
                "--threads 1025",
                "--threads: '1025' is not a valid number of threads. Give 1..1024, or 0 for one"
            },
            { "--threads -1", "--threads: '-1' is not a valid number of threads." },
            {
                "--time-zone Mars/Base",
                "--time-zone: 'Mars/Base' is not a time zone of this machine. Give an IANA name"
            },
            { "--now yesterday", "--now: 'yesterday' is not a valid timestamp. Give one such as 2025-" },
            {
                "--now 2025-09-12T17:24:13-05:00 --time-zone UTC",
                "--now and --time-zone exclude each other: a timestamp has its own offset. Give only one"
            },
            { "--max-line 63", "--max-line: '63' is not a size in the range. Give 64..16m, such as" },
            {
                "--idle-timeout 5x",
                "--idle-timeout: '5x' is not a duration in the range. Give 1ms..24h, or 0 for no limit, such as"
            },
            {
                "--max-connections -1",
                "--max-connections: '-1' is not a whole number in the range. Give 1..1000000, or 0"
            },
            {
                "--drain-delay 25h",
                "--drain-delay: '25h' is not a valid duration. Give 0..24h, such as 500ms or 10s."
            },
            {
                "--log-level loud",
                "--log-level: 'loud' is not a valid log level. Give trace, debug, info, warning, error, critical or none."
            },
            {
                "--log-format xml",
                "--log-format: 'xml' is not a valid log format. Give simple, json or systemd."
            },
            {
                "--config /nowhere/tinytcp.json",
                "--config: '/nowhere/tinytcp.json' does not exist, or is hidden from this user. Check the path."
            },
            { "--config /", "/ is not a regular file. Replace it by one." },
        };

    public static TheoryData<string, string, string> WrongVariables =>
        new()
        {
            { "MAX_LINE", "1", "TINYTCP_MAX_LINE: '1' is not a size in the range. Give 64..16m, such as" },
            { "ANY_PORT", "yes", "TINYTCP_ANY_PORT: 'yes' is not valid. Give true or false." },
            { "PORT_FILE", "", "TINYTCP_PORT_FILE: '' is not a path. Give one such as /run/tinytcp/port." },
            { "PORT", "", "TINYTCP_PORT: '' is not a valid server port. Give 1025..49151" },
        };

    /// <summary>A file, and what is wrong with it after its path and a colon.</summary>
    public static TheoryData<string, string> WrongFiles =>
        new()
        {
            {
                "{\n  \"TinyTcp\": {\n    \"MaxLine\": \"x\"\n  }\n}",
                "3: TinyTcp:MaxLine: 'x' is not a size in the range. Give 64..16m, such as"
            },
            {
                "{ \"TinyTcp\": { \"MaxLine\": true } }",
                "1: TinyTcp:MaxLine: 'true' is not a size in the range."
            },
            {
                "{ \"TinyTcp\": { \"MaxLine\": [] } }",
                "1: TinyTcp:MaxLine is an object or a list. Give a text or a number."
            },
            {
                "{ \"TinyTcp\": {\n\"MaxLien\": 64 } }",
                "2: Unknown setting TinyTcp:MaxLien. Did you mean MaxLine?"
            },
            {
                "{ \"TinyTcp\": { \"Colour\": 1 } }",
                "1: Unknown setting TinyTcp:Colour. Known settings: Host, AnyPort, Port, PortFile,"
            },
            {
                "{ \"TinyTcp\": { \"MaxLine\": 64,\n\"maxline\": 65 } }",
                "2: TinyTcp:maxline is given twice. Give it once."
            },
            {
                "{ \"TinyTcp\": {},\n\"tinytcp\": {} }",
                "2: The section TinyTcp is given twice. Give it once."
            },
            {
                "{\n\"Port\": 40110 }",
                "2: Port is outside the section TinyTcp. Move it there, as in { \"TinyTcp\": { \"MaxLine\": \"16k\" } }."
            },
            { "{ \"TinyTcp:MaxLine\": 100 }", "1: TinyTcp:MaxLine is outside the section TinyTcp." },
            { "{\n\n\"TinyTpc\": { \"Port\": 1 } }", "3: Unknown section TinyTpc. Did you mean TinyTcp?" },
            { "{ \"TinyTcp\": 5 }", "1: TinyTcp is not an object. Give one such as { \"TinyTcp\":" },
            { "[]", "1: The file is not an object. Give one such as { \"TinyTcp\":" },
            { "", "1: The file is empty. Give an object such as { \"TinyTcp\":" },
            { "{ \"TinyTcp\": { \"Port\": null } }", "1: TinyTcp:Port is null. Give a text or a number" },
            { "{ \"TinyTcp\": {\n\"Port\": 40001\n\"Host\"", "3: after TinyTcp:Port: '\"' is invalid" },
            { "{ \"TinyTcp\": { \"MaxLine\":", "1: after TinyTcp:MaxLine: the file ends too early." },
            { "port: 1", "1: The file is not JSON. Give an object such as" },
            { "{} x", "1: after the beginning: 'x' is invalid after a single JSON value." },
            {
                "{ \"TinyTcp\": {\n\"MaxLine\": \"\\ud800\" } }",
                "2: TinyTcp:MaxLine: Cannot read incomplete UTF-16"
            },
            {
                "{ \"TinyTcp\": { \"MaxLine\": \"1\\u0000\" } }",
                "1: TinyTcp:MaxLine: '1\\x00' has a NUL in it."
            },
        };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public async Task A_wrong_option_is_told_with_what_to_give(string arguments, string sentence) =>
        await AssertWrong(arguments.Split(' '), [], sentence);

    [Theory]
    [MemberData(nameof(WrongVariables))]
    public async Task A_wrong_variable_is_told_with_what_to_give(
        string name,
        string value,
        string sentence
    ) => await AssertWrong([], [($"TINYTCP_{name}", value)], sentence);

    [Theory]
    [MemberData(nameof(WrongFiles))]
    public async Task A_wrong_file_is_told_with_line_and_key(string json, string problem)
    {
        var file = WriteFile(json);
        await AssertWrong(["--config", file], [], $"{file}:{problem}");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told()
    {
        var file = WriteFile(
            "{ \"Port\": 1,\n\"TinyTcp\": { \"Hots\": 1,\n\"MaxLine\": 1, \"Threads\": 2 } }"
        );
        var (exitCode, output, error) = await ProgramProcess.Run(
            Program,
            ["--check", "-c", file, "--port", "1"],
            ("TINYTCP_THREADS", "x"),
            ("TINYTCP_TREADS", "2")
        );
        Assert.Equal((2, ""), (exitCode, output));
        string[] expected =
        [
            "warning: Unknown environment variable TINYTCP_TREADS",
            $"{file}:1: Port is outside",
            $"{file}:2: Unknown setting TinyTcp:Hots. Did you mean Host?",
            "--port: '1'",
            "TINYTCP_THREADS: 'x'",
            $"{file}:3: TinyTcp:MaxLine: '1'",
        ];
        var lines = error.Split('\n');
        Assert.Equal(["Try --help.", ""], lines[^2..]);
        Assert.Equal(expected.Length, lines.Length - 2);
        Assert.All(
            expected.Zip(lines, static (sentence, line) => (Sentence: sentence, Line: line)),
            static pair =>
                Assert.StartsWith($"tinytcpd: {pair.Sentence}", pair.Line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Valid_settings_are_printed_with_their_sources_and_nothing_is_opened()
    {
        var file = WriteFile("{ \"TinyTcp\": {\n\"MaxLine\": 16384,\n\"Port\": 40002 } }");
        var portFile = Path.Combine(folder.FullName, "port");
        var (exitCode, output, error) = await ProgramProcess.Run(
            Program,
            ["--check", "--config", file, "--port", "40001", "--host", "192.0.2.1", "--any-port"],
            ("TINYTCP_IDLE_TIMEOUT", "90"),
            ("TINYTCP_PORT_FILE", portFile)
        );
        Assert.Equal((0, ""), (exitCode, error));
        Assert.False(File.Exists(portFile));
        var rows = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static row =>
                string.Join(
                    '|',
                    row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                )
            )
            .ToList();
        Assert.Equal($"Settings file: {file}", rows[0]);
        Assert.Equal(SettingTable.Rows.Length, rows.Count - 1);
        string[] expected =
        [
            "host|192.0.2.1|--host",
            "any-port|true|--any-port",
            "port|40001|--port",
            $"port-file|{portFile}|TINYTCP_PORT_FILE",
            "time-zone|the machine's|default",
            $"max-line|16k|{file}:2: TinyTcp:MaxLine",
            "idle-timeout|90s|TINYTCP_IDLE_TIMEOUT",
            "log-level|info|default",
        ];
        Assert.Equal(expected, rows.Intersect(expected));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task AssertWrong(
        string[] arguments,
        (string Name, string Value)[] variables,
        string sentence
    )
    {
        var (exitCode, output, error) = await ProgramProcess.Run(
            Program,
            ["--check", .. arguments],
            variables
        );
        Assert.Equal((2, ""), (exitCode, output));
        var lines = error.Split('\n');
        Assert.Equal(["Try --help.", ""], lines[1..]);
        Assert.StartsWith($"tinytcpd: {sentence}", lines[0], StringComparison.Ordinal);
    }

    private string WriteFile(string json)
    {
        var file = Path.Combine(folder.FullName, "settings.json");
        File.WriteAllText(file, json);
        return file;
    }
}
