using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.EndToEnd;

/// <summary>The program says over a socket what the core says for the same bytes, row by row, limit by limit.</summary>
/// <param name="program">One program for all rows.</param>
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
    public async Task A_row_of_the_reference_is_answered_as_the_core_answers_it(string sent)
    {
        var bytes = ReferenceTests.Bytes(sent);
        Assert.Equal(
            Play.Whole(bytes, Cut.Whole, Limits.Default).Said,
            await Socketry.Visit((await program.Server).EndPoint, WireBytes.Characters(bytes))
        );
    }

    [Theory]
    [MemberData(nameof(Limited))]
    public async Task A_limit_that_is_given_is_kept(string name, long value, string sent)
    {
        var limits = Some.With(Limits.Default, name, value);
        await using var server = await Running.Program(limits);
        Assert.Equal(
            Play.Whole(WireBytes.Bytes(sent), Cut.Whole, limits).Said,
            await Socketry.Visit(server.EndPoint, sent)
        );
    }

    [Theory]
    [InlineData("idle-timeout", "", "IDLE_TIMEOUT")]
    [InlineData("line-timeout", "TI", "LINE_TIMEOUT")]
    public async Task Who_takes_too_long_is_told_so(string name, string sent, string word)
    {
        await using var server = await Running.Program(Some.With(Limits.Default, name, 50));
        using var socket = await Socketry.Connect(server.EndPoint);
        await socket.Send(sent);
        Assert.Equal($"{Simulation.Greeting}ERROR {word}\n", await socket.ReadToEnd());
    }

    /// <summary>The program at its defaults.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        internal Task<Running> Server { get; } = Running.Program(Limits.Default);

        public Task InitializeAsync() => Server;

        public async Task DisposeAsync() => await (await Server).DisposeAsync();
    }
}
