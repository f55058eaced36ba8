using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>The program tinytcpd, run as a process.</summary>
[Trait("Category", "Program")]
public sealed class ProgramTests
{
    private const string Program = ProgramProcess.Server;
    private const string Frozen = "2025-09-12T17:24:13-05:00";

    public static TheoryData<string, string> InvalidCommandLines =>
        new()
        {
            { "--bogus", "Unknown option '--bogus'." },
            { "extra", "Unexpected argument 'extra'." },
            { "@file", "Unexpected argument '@file'." },
            { "[suggest]", "Unexpected argument '[suggest]'." },
            { "[diagram]", "Unexpected argument '[diagram]'." },
            { "--port", "Required argument missing for option: '--port'." },
            { "--hots ::1", "Unknown option '--hots'. Did you mean '--host'?" },
            { "--prot=40001", "Unknown option '--prot=40001'. Did you mean '--port'?" },
            { "--port 4\u001b[31m", @"--port: '4\x1B[31m' is not a valid server port" },
        };

    [Theory]
    [MemberData(nameof(InvalidCommandLines))]
    public async Task An_invalid_command_line_prints_one_sentence_and_exits_with_2(
        string arguments,
        string sentence
    )
    {
        var (exitCode, output, error) = await ProgramProcess.Run(Program, arguments.Split(' '));
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith($"tinytcpd: {sentence}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_printed_on_one_line() =>
        Assert.Matches(
            @"^tinytcpd \d+\.\d+\.\d+\S*\n$",
            (await ProgramProcess.Run(Program, ["--version"])).Output
        );

    [Fact]
    public async Task The_help_text_is_the_approved_one() =>
        Approved.AssertIs("tinytcpd-help.txt", (await ProgramProcess.Run(Program, ["--help"])).Output);

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task Help_and_version_start_no_server(string option)
    {
        var (exitCode, output, error) = await ProgramProcess.Run(Program, [option, "--port", "80"]);
        Assert.Equal(0, exitCode);
        Assert.NotEmpty(output);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGQUIT)]
    public async Task A_first_signal_stops_the_server_in_order(PosixSignal signal)
    {
        using var server = ProgramProcess.Start(Program, ["--port", "0", "--now", Frozen]);
        var endPoint = await server.ReadEndPoint();
        using var socket = await Loopback.Connect(endPoint);
        await socket.Send("TIME\n");
        Assert.Equal(
            $"{Simulation.Greeting}TIME {Frozen}\n",
            await socket.Read(Simulation.Greeting.Length + 31)
        );

        server.Signal(signal);
        Assert.Equal("ERROR SHUTTING_DOWN\n", await socket.ReadToEnd());
        socket.Close();
        Assert.Equal(0, await server.WaitForExit());
        Assert.Contains(
            "Stopped after 1 connections",
            await server.Output.ReadToEndAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_without_free_descriptors_still_stops_in_order()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var server = ProgramProcess.StartWithDescriptors(
            descriptors: 256,
            Program,
            "--port",
            "0",
            "--max-connections",
            "0"
        );
        var endPoint = await server.ReadEndPoint();
        using var first = await Loopback.Connect(endPoint);
        Assert.Equal(Simulation.Greeting, await first.Read(Simulation.Greeting.Length));
        var others = await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => Loopback.Connect(endPoint)));
        Assert.Matches(
            @"Connections rejected: [0-9]+\. max-connections \([0-9]+\) reached\.$",
            await server.Output.ReadLineAsync()
        );

        server.Signal(PosixSignal.SIGTERM);
        Assert.Equal("ERROR SHUTTING_DOWN\n", await first.ReadToEnd());
        first.Close();
        Array.ForEach(others, static socket => socket.Dispose());
        Assert.Equal(0, await server.WaitForExit());
    }

    [Fact]
    public async Task Too_few_descriptors_for_the_threads_print_one_sentence_and_exit_with_3()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var server = ProgramProcess.StartWithDescriptors(
            descriptors: ProgramProcess.IsServerOverridden ? 6 : 140,
            Program,
            "--port",
            "0",
            "--threads",
            "1000"
        );
        Assert.Equal(3, await server.WaitForExit());
        Assert.Equal(
            "tinytcpd: Cannot listen on 127.0.0.1:0: too few files may be open. "
                + "Raise RLIMIT_NOFILE, such as by 'ulimit -n 1024'.\n",
            await server.Error.ReadToEndAsync()
        );
    }

    [Fact]
    public async Task The_descriptor_limit_lowers_max_connections_and_excess_connections_get_SERVER_BUSY()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var server = ProgramProcess.StartWithDescriptors(descriptors: 256, Program, "--port", "0");
        var log = new List<string>();
        var endPoint = await server.ReadEndPoint(log.Add);
        Assert.Matches("max-connections is [0-9]+ instead of 10000: .*RLIMIT_NOFILE", log[1]);
        var sockets = await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => Loopback.Connect(endPoint)));
        var replies = await Task.WhenAll(
            sockets.Select(static socket => socket.Read("ERROR SERVER_BUSY\n".Length))
        );
        Assert.Equal(
            ["ERROR SERVER_BUSY\n", "WELCOME, I'm TinyS"],
            replies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
        Array.ForEach(sockets, static socket => socket.Dispose());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_port_in_use_prints_one_line_and_exits_with_3(bool isOfConnection)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var connection = await Loopback.Connect((IPEndPoint)listener.LocalEndPoint!);
        var port = ((IPEndPoint)(isOfConnection ? connection : listener).LocalEndPoint!).Port;

        var (exitCode, _, error) = await ProgramProcess.Run(Program, ["--any-port", "--port", $"{port}"]);
        Assert.Equal(3, exitCode);
        Assert.StartsWith(
            $"tinytcpd: 127.0.0.1:{port} is in use, by a server or as the local port of a connection.",
            error,
            StringComparison.Ordinal
        );
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task The_environment_sets_options_and_the_command_line_overrides_it()
    {
        using var server = ProgramProcess.Start(
            Program,
            ["--port", "0"],
            ("TINYTCP_PORT", "1"),
            ("TINYTCP_MAX_LINE", "64")
        );
        var endPoint = await server.ReadEndPoint();
        Assert.NotEqual(1, endPoint.Port);
        Assert.Equal(
            $"{Simulation.Greeting}ERROR LINE_TOO_LONG\nBYE\n",
            await Loopback.Exchange(endPoint, $"{new string('x', 65)}\nQUIT\n")
        );
    }

    [Fact]
    public async Task The_log_begins_with_version_process_file_and_changed_settings()
    {
        using var server = ProgramProcess.Start(
            Program,
            ["--port", "0"],
            ("TINYTCP_MAX_LINE", "16k"),
            ("TINYTCP_PROT", "1")
        );
        var log = new List<string>();
        await server.ReadEndPoint(log.Add);
        Assert.Matches(
            $@" info: tinytcpd \d\S+, process {server.Id}\. Settings file: none\. Settings that differ from the defaults: port 0 \(--port\), max-line 16k \(TINYTCP_MAX_LINE\)\.$",
            log[0]
        );
        Assert.EndsWith(
            " warning: Unknown environment variable TINYTCP_PROT is ignored. Did you mean TINYTCP_PORT?",
            log[1],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "simple",
        @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\S+ info: Listening on 127\.0\.0\.1:\d+, threads: \d+$"
    )]
    [InlineData(
        "json",
        @"^\{""Timestamp"":""[0-9T:.-]+\+00:00"",""EventId"":1,.*""Message"":""Listening on 127\.0\.0\.1:\d+, threads: \d+"".*\}$"
    )]
    [InlineData("systemd", @"^<6>Listening on 127\.0\.0\.1:\d+, threads: \d+$")]
    public async Task The_log_has_the_chosen_format(string format, string pattern)
    {
        using var server = ProgramProcess.Start(Program, ["--port", "0", "--log-format", format]);
        var log = new List<string>();
        await server.ReadEndPoint(log.Add);
        Assert.Matches(pattern, log[^1]);
    }
}
