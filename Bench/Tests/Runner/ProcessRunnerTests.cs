using TinyTcp.Bench.Runner;
using Xunit;

namespace TinyTcp.Bench.Tests.Runner;

public class ProcessRunnerTests
{
    [Fact]
    public void A_command_is_split_at_spaces_and_two_quotes_are_an_empty_word() =>
        Assert.Equal(
            ["redis-server", "--save", "", "--port", "1"],
            ProcessRunner.Split("redis-server --save ''  --port 1")
        );
}
