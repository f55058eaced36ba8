using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Commands;
using Xunit;

namespace TinyTcp.Tests.Client.Generators;

/// <summary>Each case of interest occurs in a sample, and shrunk values stay valid. The seed is fixed.</summary>
public class ClientGeneratorTests
{
    private const int SampleSize = 500;
    private const int Size = 50;
    private const ulong Seed = 20_250_912;

    [Theory]
    [InlineData(typeof(ReplyDefect.Drop))]
    [InlineData(typeof(ReplyDefect.Swap))]
    [InlineData(typeof(ReplyDefect.Duplicate))]
    [InlineData(typeof(ReplyDefect.Alter))]
    public void Each_kind_of_defect_occurs(Type kind) =>
        AssertShare(ClientGenerators.FaultyExchange, exchange => exchange.Defect.GetType() == kind, 20);

    [Fact]
    public void A_defect_occurs_in_the_first_and_in_the_last_reply()
    {
        AssertShare(ClientGenerators.FaultyExchange, static exchange => exchange.Defect.Index == 0, 5);
        AssertShare(
            ClientGenerators.FaultyExchange,
            static exchange => exchange.Defect.Index == exchange.Words.Length - 1,
            5
        );
    }

    [Fact]
    public void Requests_are_mostly_several_and_of_every_kind()
    {
        AssertShare(ClientGenerators.Requests, static requests => requests.Commands.Length > 1, 80);
        Assert.All(
            new[] { CommandKind.Time, CommandKind.Echo, CommandKind.Help },
            static kind =>
                AssertShare(
                    ClientGenerators.Requests,
                    requests => requests.Commands.Any(command => command.Kind == kind),
                    50
                )
        );
    }

    [Fact]
    public void Requests_mostly_exceed_the_pending_limit() =>
        AssertShare(
            from requests in ClientGenerators.Requests
            from limit in ClientGenerators.PendingLimit
            select requests.Commands.Length > limit.Value,
            static exceeds => exceeds,
            80
        );

    [Fact]
    public void A_backoff_is_mostly_below_its_maximum() =>
        AssertShare(ClientGenerators.BackoffCase, static backoff => backoff.Failures is > 0 and < 8, 50);

    [Fact]
    public void Attempts_mostly_lose_a_race() =>
        AssertShare(ConnectRace.Any, static race => ConnectRace.Running(race.Events).Length > 1, 80);

    [Fact]
    public void Addresses_are_mostly_of_both_families() =>
        AssertShare(
            AddressList.Any,
            static list =>
                list.Addresses.Select(static address => address.AddressFamily).Distinct().Count() == 2,
            80
        );

    [Fact]
    public void Replies_mostly_arrive_during_a_pause_and_often_not_all()
    {
        AssertShare(PausedExchange.Any, static exchange => exchange.Arrived > 0, 80);
        AssertShare(
            PausedExchange.Any,
            static exchange => exchange.Arrived < exchange.Requests.Commands.Length,
            50
        );
    }

    [Fact]
    public void A_shrunk_exchange_still_has_its_defect() =>
        Assert.All(
            Sample(ClientGenerators.FaultyExchange),
            static exchange =>
                Assert.All(
                    ClientGenerators.Shrink(exchange),
                    static smaller => Assert.NotEqual(smaller.Texts, smaller.Defect.Apply(smaller.Texts))
                )
        );

    [Fact]
    public void Shrunk_requests_have_no_QUIT_and_are_not_empty() =>
        Assert.All(
            Sample(ClientGenerators.Requests).SelectMany(ClientGenerators.Shrink),
            static requests =>
            {
                Assert.NotEmpty(requests.Commands);
                Assert.DoesNotContain(Command.Quit, requests.Commands);
            }
        );

    private static T[] Sample<T>(Gen<T> gen) => gen.Sample(SampleSize, new Rnd(Seed), Size);

    private static void AssertShare<T>(Gen<T> gen, Func<T, bool> condition, int minPercent) =>
        Assert.InRange(100.0 * Sample(gen).Count(condition) / SampleSize, minPercent, 100);
}
