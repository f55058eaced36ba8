using System.Globalization;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>The built program, run as a user runs it: its exit code and its one line on stderr.</summary>
[Trait("Category", "Program")]
public class ProgramTests
{
    private const string Program = ProgramProcess.Client;

    [Fact]
    public async Task Nothing_listening_is_3()
    {
        var ended = await RunAsync(Peer.PortOfNobody());
        AssertOneLine(3, "Nothing listens on ", ended);
    }

    [Fact]
    public async Task A_name_without_an_address_is_4() =>
        AssertOneLine(
            4,
            "No address was found ",
            await ProgramProcess.Run(Program, ["no-such-host.invalid", "40000"])
        );

    [Fact]
    public async Task A_server_that_dies_half_way_is_5()
    {
        await using var server = Peer.Greeting(static async caller =>
        {
            await caller.HearAsync();
            await caller.SayAsync("TIME 20");
        });
        AssertOneLine(5, "The connection was lost ", await RunAsync(server.Port));
    }

    [Fact]
    public async Task A_silent_server_is_6()
    {
        await using var server = Peer.Playing(static caller => caller.StayAsync());
        AssertOneLine(6, "The client waited 0.05 s ", await RunAsync(server.Port, "--timeout", "0.05"));
    }

    [Fact]
    public async Task A_reply_that_breaks_the_protocol_is_7_and_shown_safely()
    {
        await using var server = Peer.Answering("TIME \x1B[2J\n");
        var ended = await RunAsync(server.Port);
        AssertOneLine(7, @"The server broke the protocol, as it said 'TIME \x1B[2J' ", ended);
        Assert.EndsWith("<- TIME \\x1B[2J\n", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_goodbye_is_8()
    {
        await using var server = Peer.Playing(static async caller =>
            await caller.SayAsync("ERROR SERVER_BUSY\n")
        );
        AssertOneLine(8, "The server ended the conversation with SERVER_BUSY", await RunAsync(server.Port));
    }

    [Fact]
    public async Task A_refused_request_is_1()
    {
        await using var server = Peer.Answering("ERROR OUT_OF_TEA\n");
        AssertOneLine(1, "The server said the error 'OUT_OF_TEA' ", await RunAsync(server.Port));
    }

    [Fact]
    public async Task A_wrong_command_line_is_2() =>
        AssertOneLine(2, "The port is '0'", await RunAsync(port: 0));

    [Fact]
    public async Task Ctrl_C_is_130_and_not_a_word()
    {
        await using var server = Peer.Greeting(static caller => caller.StayAsync());
        using var program = ProgramProcess.Start(Program, ["127.0.0.1", Written(server.Port)]);
        while (await program.Output.ReadLineAsync() is { } line && line != "-> TIME") { }

        program.Signal(PosixSignal.SIGINT);
        Assert.Equal((130, ""), (await program.WaitForExit(), await program.Error.ReadToEndAsync()));
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public async Task A_signal_to_end_has_an_exit_code_of_its_own(PosixSignal signal, int expected)
    {
        await using var server = Peer.Greeting(static caller => caller.StayAsync());
        using var program = ProgramProcess.StartWithSignal("HUP", Program, "127.0.0.1", Written(server.Port));
        while (await program.Output.ReadLineAsync() is { } line && line != "-> TIME") { }

        program.Signal(signal);
        Assert.Equal(expected, await program.WaitForExit());
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public async Task A_signal_ends_a_benchmark_with_its_report(PosixSignal signal, int expected)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = Peer.Greeting(async caller =>
        {
            while ((await caller.HearAsync()).Length > 0)
            {
                await caller.SayAsync("ECHO xxxxx\n");
                answered.TrySetResult();
            }
        });
        using var program = ProgramProcess.StartWithSignal(
            "HUP",
            Program,
            "bench",
            "-t",
            server.Address,
            "--warmup",
            "0",
            "--noise",
            "0",
            "--seconds",
            "3600",
            "--json"
        );
        await answered.Task;
        program.Signal(signal);
        var report = Schema.AssertValid("bench", await program.Output.ReadToEndAsync());
        Assert.True((bool)report["interrupted"]!);
        Assert.Equal(expected, await program.WaitForExit());
    }

    [Fact]
    public async Task Ctrl_C_ends_the_shell_while_it_waits_for_a_line()
    {
        await using var server = Truthful.Server();
        using var program = ProgramProcess.Start(Program, ["shell", "-t", server.Address]);
        await program.Input.WriteAsync("ECHO heard\n");
        await program.Input.FlushAsync();
        Assert.Equal("ECHO heard", await program.Output.ReadLineAsync());

        program.Signal(PosixSignal.SIGINT);
        Assert.Equal((130, ""), (await program.WaitForExit(), await program.Error.ReadToEndAsync()));
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGHUP)]
    public async Task A_signal_to_end_ends_probing_with_its_summary(PosixSignal signal)
    {
        await using var server = Truthful.Server();
        using var program = ProgramProcess.StartWithSignal(
            "HUP",
            Program,
            "probe",
            "-t",
            server.Address,
            "-i",
            "0.01"
        );
        while (
            await program.Output.ReadLineAsync() is { } line
            && !line.Contains("seq=2 ", StringComparison.Ordinal)
        ) { }

        program.Signal(signal);
        Assert.Contains(
            " answered, 0 lost (0%)\nms ",
            await program.Output.ReadToEndAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await program.WaitForExit());
    }

    [Theory]
    [InlineData("tinytcp probe --interval 0.001 | head -n 1")]
    [InlineData("yes ECHO on and on 2>/dev/null | tinytcp send | head -n 1")]
    public async Task It_ends_without_a_word_when_nobody_reads_its_output_any_more(string commandLine)
    {
        await using var server = Truthful.Server();
        var script = $"set -o pipefail; {commandLine} >/dev/null; echo ${{PIPESTATUS[*]}}";
        var (_, output, error) = await ExampleTests.ShellAsync(script, server, "bash");
        Assert.Equal("", error);
        Assert.Matches("141 0\n$", output);
    }

    [Theory]
    [InlineData("tinytcp echo </", "The input cannot be read (")]
    [InlineData("tinytcp send </", "The input cannot be read (")]
    [InlineData("tinytcp time >/dev/full", "The output cannot be written (")]
    [InlineData("echo TIME | tinytcp send >/dev/full", "The output cannot be written (")]
    public async Task Input_and_output_that_fail_are_told_apart(string commandLine, string sentence)
    {
        await using var server = Truthful.Server();
        var (code, _, error) = await ExampleTests.ShellAsync(commandLine, server);
        Assert.Equal(10, code);
        Assert.StartsWith($"tinytcp: {sentence}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_it_also_where_it_waits_for_a_pipe_that_nobody_opens()
    {
        await using var server = Truthful.Server();
        var script =
            $"pipe=$(mktemp -u); mkfifo $pipe; timeout --preserve-status -k 60 1 {ExampleTests.Client} send $pipe; echo $?; rm $pipe";
        var (_, output, _) = await ExampleTests.ShellAsync(script, server);
        Assert.Equal("143\n", output);
    }

    [Fact]
    public async Task Who_needs_no_input_does_without_one()
    {
        await using var server = Truthful.Server();
        Assert.Equal((0, "ECHO x\n", ""), await ExampleTests.ShellAsync("tinytcp echo x <&-", server));
    }

    [Fact]
    public async Task Replies_are_not_lost_to_an_output_that_would_not_wait()
    {
        await using var server = Truthful.Server();
        const string Script = """
            requests=$(mktemp); seq 20000 | sed 's/^/ECHO a line with the number /' >$requests
            { dd if=/dev/null oflag=nonblock 2>/dev/null; tinytcp send $requests; } |
              { n=0; while read -r line; do n=$((n + 1)); done; echo $n; }
            rm $requests
            """;
        Assert.Equal((0, "20000\n", ""), await ExampleTests.ShellAsync(Script, server));
    }

    [Fact]
    public async Task In_a_file_it_writes_behind_who_was_there_before_and_before_who_comes_afterwards()
    {
        await using var server = Truthful.Server();
        const string Script =
            "file=$(mktemp); { echo first; tinytcp echo one; tinytcp echo two; echo last; } >$file; cat $file; rm $file";
        Assert.Equal(
            (0, "first\nECHO one\nECHO two\nlast\n", ""),
            await ExampleTests.ShellAsync(Script, server)
        );
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(
        int port,
        params string[] more
    ) => ProgramProcess.Run(Program, ["127.0.0.1", Written(port), .. more]);

    private static string Written(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static void AssertOneLine(
        int code,
        string start,
        (int ExitCode, string Output, string Error) ended
    )
    {
        Assert.StartsWith($"tinytcp: {start}", ended.Error, StringComparison.Ordinal);
        Assert.Equal(ended.Error.Length - 1, ended.Error.IndexOf('\n', StringComparison.Ordinal));
        Assert.Equal(code, ended.ExitCode);
    }
}
