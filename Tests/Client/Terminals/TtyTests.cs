using TinyTcp.Tests.Client.Examples;
using Xunit;

namespace TinyTcp.Tests.Client.Terminals;

/// <summary>The program's standard output, as the process that started it sees it.</summary>
[Trait("Category", "Program")]
public class TtyTests
{
    private const string NonBlocking = "2048";

    [Fact]
    public async Task A_non_blocking_output_is_non_blocking_again_after_exit()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var server = ReferenceServer.Start();
        const string Script = """
            { dd if=/dev/null oflag=nonblock 2>/dev/null; tinytcp echo x; exec 3>&1
              flags=$(awk '/^flags/ { print $2 }' /proc/self/fdinfo/3); echo $((flags & 04000)); } | cat
            """;
        Assert.Equal((0, $"ECHO x\n{NonBlocking}\n", ""), await ExampleTests.ShellAsync(Script, server));
    }

    [Fact]
    public async Task Errors_for_a_closed_stderr_do_not_go_to_the_output()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var server = ReferenceServer.Start();
        Assert.Equal(
            (1, "ERROR UNKNOWN_COMMAND\n", ""),
            await ExampleTests.ShellAsync("tinytcp raw nonsense 2>&-", server)
        );
    }

    [Theory]
    [InlineData("probe -c 1")]
    [InlineData("bench --duration 0.1 --warmup 0 --noise 0 --connections 1")]
    [InlineData("echo")]
    [InlineData("send")]
    public async Task Commands_do_not_turn_on_application_cursor_keys(string command)
    {
        if (!File.Exists("/usr/bin/script") || !OperatingSystem.IsLinux())
        {
            return;
        }

        await using var server = ReferenceServer.Start();
        var script = $"""
            printf 'TIME\n\004' | TERM=xterm script -qec "{ExampleTests.Client} {command} -t {server.Address}" /dev/null
            """;
        var (code, output, _) = await ExampleTests.ShellAsync(script, server);
        Assert.Equal(0, code);
        Assert.DoesNotContain("\u001b[?1h", output, StringComparison.Ordinal);
    }
}
