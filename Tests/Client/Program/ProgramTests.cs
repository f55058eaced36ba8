using System.Globalization;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Client.Examples;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>The built program as a process: signals, pipes, files and exit codes.</summary>
[Trait("Category", "Program")]
public class ProgramTests
{
    private const string Program = ProgramProcess.Client;

    [Fact]
    public async Task An_error_is_one_line_and_an_exit_code()
    {
        var port = FakeServer.UnusedPort();
        var (code, output, error) = await ProgramProcess.Run(Program, ["127.0.0.1", Format(port)]);
        Assert.Equal((3, $"CONNECT to 127.0.0.1:{port}\n"), (code, output));
        Assert.StartsWith("tinytcp: ", error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ctrl_C_exits_with_130_and_no_output()
    {
        await using var server = FakeServer.StartWithGreeting(static connection =>
            connection.WaitForCloseAsync()
        );
        using var program = ProgramProcess.Start(Program, ["127.0.0.1", Format(server.Port)]);
        while (await program.Output.ReadLineAsync() is { } line && line != "-> TIME") { }

        program.Signal(PosixSignal.SIGINT);
        Assert.Equal((130, ""), (await program.WaitForExit(), await program.Error.ReadToEndAsync()));
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public async Task SIGTERM_and_SIGHUP_have_their_own_exit_codes(PosixSignal signal, int expected)
    {
        await using var server = FakeServer.StartWithGreeting(static connection =>
            connection.WaitForCloseAsync()
        );
        using var program = ProgramProcess.StartWithSignal("HUP", Program, "127.0.0.1", Format(server.Port));
        while (await program.Output.ReadLineAsync() is { } line && line != "-> TIME") { }

        program.Signal(signal);
        Assert.Equal(expected, await program.WaitForExit());
    }

    [Fact]
    public async Task A_signal_ends_bench_with_its_report()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            while ((await connection.ReadLineAsync()).Length > 0)
            {
                await connection.SendAsync("ECHO xxxxx\n");
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
            "--duration",
            "3600",
            "--json"
        );
        await answered.Task;
        program.Signal(PosixSignal.SIGTERM);
        var report = JsonSchemas.AssertValid("bench", await program.Output.ReadToEndAsync());
        Assert.True((bool)report["interrupted"]!);
        Assert.Equal(143, await program.WaitForExit());
    }

    [Fact]
    public async Task Ctrl_C_ends_the_piped_shell()
    {
        await using var server = ReferenceServer.Start();
        using var program = ProgramProcess.Start(Program, ["shell", "-t", server.Address]);
        await program.Input.WriteAsync("ECHO one\n");
        await program.Input.FlushAsync();
        Assert.Equal("ECHO one", await program.Output.ReadLineAsync());

        program.Signal(PosixSignal.SIGINT);
        Assert.Equal((130, ""), (await program.WaitForExit(), await program.Error.ReadToEndAsync()));
    }

    [Fact]
    public async Task A_signal_ends_probe_with_its_summary()
    {
        await using var server = ReferenceServer.Start();
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

        program.Signal(PosixSignal.SIGHUP);
        Assert.Contains(
            " answered, 0 lost (0%)\n",
            await program.Output.ReadToEndAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(0, await program.WaitForExit());
    }

    [Theory]
    [InlineData("tinytcp probe --interval 0.001 | head -n 1")]
    [InlineData("yes ECHO on and on 2>/dev/null | tinytcp send | head -n 1")]
    public async Task A_closed_output_ends_the_program_silently(string commandLine)
    {
        await using var server = ReferenceServer.Start();
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
    public async Task Input_and_output_errors_are_distinguished(string commandLine, string sentence)
    {
        await using var server = ReferenceServer.Start();
        var (code, _, error) = await ExampleTests.ShellAsync(commandLine, server);
        Assert.Equal(10, code);
        Assert.StartsWith($"tinytcp: {sentence}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_ends_the_program_while_it_opens_a_pipe()
    {
        await using var server = ReferenceServer.Start();
        var script =
            $"pipe=$(mktemp -u); mkfifo $pipe; timeout --preserve-status -k 60 1 {ExampleTests.Client} send $pipe; echo $?; rm $pipe";
        var (_, output, _) = await ExampleTests.ShellAsync(script, server);
        Assert.Equal("143\n", output);
    }

    [Fact]
    public async Task A_closed_standard_input_is_ignored_when_unused()
    {
        await using var server = ReferenceServer.Start();
        Assert.Equal((0, "ECHO x\n", ""), await ExampleTests.ShellAsync("tinytcp echo x <&-", server));
    }

    [Fact]
    public async Task Replies_are_not_lost_on_a_non_blocking_output()
    {
        await using var server = ReferenceServer.Start();
        const string Script = """
            requests=$(mktemp); seq 20000 | sed 's/^/ECHO a line with the number /' >$requests
            { dd if=/dev/null oflag=nonblock 2>/dev/null; tinytcp send $requests; } |
              { n=0; while read -r line; do n=$((n + 1)); done; echo $n; }
            rm $requests
            """;
        Assert.Equal((0, "20000\n", ""), await ExampleTests.ShellAsync(Script, server));
    }

    [Fact]
    public async Task Output_to_a_shared_file_is_appended_in_order()
    {
        await using var server = ReferenceServer.Start();
        const string Script =
            "file=$(mktemp); { echo first; tinytcp echo one; tinytcp echo two; echo last; } >$file; cat $file; rm $file";
        Assert.Equal(
            (0, "first\nECHO one\nECHO two\nlast\n", ""),
            await ExampleTests.ShellAsync(Script, server)
        );
    }

    private static string Format(int port) => port.ToString(CultureInfo.InvariantCulture);
}
