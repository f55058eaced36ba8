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
}
