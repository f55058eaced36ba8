using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.EndToEnd;

/// <summary>The program sends over a socket the replies that Core gives to the same bytes.</summary>
/// <param name="program">The program shared by all rows.</param>
[Trait("Category", "Program")]
public sealed class WireTests(WireTests.Fixture program) : IClassFixture<WireTests.Fixture>
{
    public static TheoryData<string> Rows =>
        [
            .. ReferenceTests
                .Examples.Concat(ReferenceTests.FinishedExamples)
                .Select(static row => (string)row[0])
                .Distinct(StringComparer.Ordinal),
        ];

    public static TheoryData<string, long, string> Limited =>
        new()
        {
            { "max-line", 64, $"ECHO {new string('x', 59)}\nECHO {new string('x', 60)}\nTIME\n" },
            { "max-errors", 2, "?\nTIME\n?\n?\nTIME\n" },
            { "max-errors", 0, string.Concat(Enumerable.Repeat("?\n", 1_000)) },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_program_answers_each_reference_example_as_Core_does(string sent)
    {
        var bytes = ReferenceTests.Bytes(sent);
        Assert.Equal(
            HostedConversation.Whole(bytes, Segmentation.Whole, Limits.Default).Output,
            await Loopback.Exchange((await program.Server).EndPoint, WireBytes.Characters(bytes))
        );
    }

    [Theory]
    [MemberData(nameof(Limited))]
    public async Task The_program_with_a_limit_option_answers_as_Core_does(
        string name,
        long value,
        string sent
    )
    {
        var limits = TestValues.With(Limits.Default, name, value);
        await using var server = await RunningServer.Program(limits);
        Assert.Equal(
            HostedConversation.Whole(WireBytes.Bytes(sent), Segmentation.Whole, limits).Output,
            await Loopback.Exchange(server.EndPoint, sent)
        );
    }

    [Theory]
    [InlineData("idle-timeout", "", "IDLE_TIMEOUT")]
    [InlineData("line-timeout", "TI", "LINE_TIMEOUT")]
    public async Task A_connection_past_its_deadline_gets_an_error(string name, string sent, string code)
    {
        await using var server = await RunningServer.Program(TestValues.With(Limits.Default, name, 50));
        using var socket = await Loopback.Connect(server.EndPoint);
        await socket.Send(sent);
        Assert.Equal($"{Simulation.Greeting}ERROR {code}\n", await socket.ReadToEnd());
    }

    /// <summary>The program with default limits.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal Task<RunningServer> Server { get; } = RunningServer.Program(Limits.Default);

        public Task InitializeAsync() => Server;

        public async Task DisposeAsync() => await (await Server).DisposeAsync();
    }
}
