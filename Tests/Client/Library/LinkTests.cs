using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>How calls for a connection come about, whatever whoever dials does meanwhile.</summary>
public class LinkTests
{
    private static readonly ClientError Refusal = new ClientError.ConnectedToSelf(
        Some.Right(Target.From("127.0.0.1:40000"))
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

        Assert.Equal(Refusal, Some.Left(await link.NextAsync()));
        Assert.Equal(Refusal, Some.Left(await inner));
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
                    _ => asked = Some.Left(Task.Run(link!.NextAsync).GetAwaiter().GetResult()),
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
        Assert.Equal(over, Some.Left(await asking));
        Assert.Equal(over, asked);
    }
}
