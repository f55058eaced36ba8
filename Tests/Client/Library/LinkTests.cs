using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>How calls for a connection come about, whatever whoever dials does meanwhile.</summary>
public class LinkTests
{
    private static readonly ClientError Refusal = new ClientError.ConnectedToSelf(
        TestValues.Right(Target.From("127.0.0.1:40000"))
    );

    [Fact]
    public async Task Whoever_asks_for_a_connection_while_it_is_made_waits_for_that_one()
    {
        var (calls, inner, link) = (
            0,
            Task.FromResult(default(Either<ClientError, Connection>)),
            default(Link)
        );
        link = new(
            _ =>
            {
                calls++;
                inner = link!.NextAsync();
                return Task.FromResult<Either<ClientError, Connection>>(Refusal);
            },
            ClientOptions.Default
        );

        Assert.Equal(Refusal, TestValues.Left(await link.NextAsync()));
        Assert.Equal(Refusal, TestValues.Left(await inner));
        Assert.Equal(1, calls);
        await link.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_is_told_of_the_disposal_may_have_others_ask()
    {
        var (asked, link) = (default(ClientError), default(Link));
        link = new(
            async token =>
            {
                var end = Task.Delay(Timeout.InfiniteTimeSpan, token);
                await using var told = token.UnsafeRegister(
                    _ => asked = TestValues.Left(Task.Run(link!.NextAsync).GetAwaiter().GetResult()),
                    null
                );
                await end;
                return Refusal;
            },
            ClientOptions.Default
        );

        var asking = link.NextAsync();
        await link.DisposeAsync();
        var over = new ClientError.Over(EndedBy.Disposal);
        Assert.Equal(over, TestValues.Left(await asking));
        Assert.Equal(over, asked);
    }

    [Fact]
    public async Task Whoever_asks_again_when_told_of_an_end_is_asked_on_the_next_connection()
    {
        await using var server = Truthful.Server();
        var (link, calls) = (default(Link), new List<Target>());
        link = Ending(server, calls);
        var again = new Relaying(ByteString.From("TIME"u8));
        link.Ask(new Impatient(() => link.Ask(again)));
        Assert.Equal($"TIME {Timestamp.From(TestValues.Moment)}", TestValues.Right(await again.Task));
        Assert.Equal(2, calls.Count);
        await link.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_leaves_when_told_of_an_end_has_none_connected_to()
    {
        await using var server = Truthful.Server();
        var (link, calls) = (default(Link), new List<Target>());
        link = Ending(server, calls);
        var leaving = new Relaying(ByteString.From("QUIT"u8));
        link.Ask(new Impatient(() => link.TryAskLast(leaving)));
        Assert.IsType<ClientError.Lost>(TestValues.Left(await leaving.Task));
        Assert.Single(calls);
        await link.DisposeAsync();
    }

    /// <summary>A link whose first connection is over when it is made, and whose next are to a server.</summary>
    private static Link Ending(Peer server, List<Target> calls)
    {
        var target = TestValues.Right(Target.From(server.Address));
        var options = ClientOptions.Default with
        {
            Reconnect = new Backoff(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
        };
        return new(
            async token =>
            {
                calls.Add(target);
                var isFirst = calls.Count == 1;
                var stream = isFirst
                    ? new ScriptedStream([WireBytes.Bytes("WELCOME, test\n")])
                    : TestValues.Right(await Dialer.DialInTimeAsync(target, options, token));
                var made = TestValues.Right(
                    await Connection.OpenAsync(stream, options, new ClientMetrics(options), token)
                );
                await (isFirst ? made.Ended : Task.CompletedTask);
                return made;
            },
            options
        );
    }

    /// <summary>A request that does something at once when it has failed.</summary>
    private sealed class Impatient(Action failed) : IPending
    {
        public Awaited Awaited { get; } = Awaited.ReplyTo(ByteString.From("TIME"u8));

        public long Since { get; set; }

        public bool IsGivenUp => false;

        public Option<ClientError> Hear(in Said said) => default;

        public void Fail(ClientError error) => failed();

        public void Break(Exception exception) => failed();
    }
}
