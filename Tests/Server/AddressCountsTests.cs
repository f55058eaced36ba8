using System.Net;
using TinyTcp.Server.Loop;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>Connections counted by address (S-11).</summary>
public sealed class AddressCountsTests
{
    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "127.0.0.1", false)]
    [InlineData("::1", "::ffff:0.0.0.1", false)]
    public void Addresses_of_one_machine_are_one(string one, string other, bool same) =>
        Assert.Equal(
            same,
            AddressCounts.GroupOf(IPAddress.Parse(one)) == AddressCounts.GroupOf(IPAddress.Parse(other))
        );

    [Fact]
    public void As_many_as_may_be_enter_and_who_leaves_makes_room()
    {
        var counts = new AddressCounts(most: 2);
        var (one, other) = (From("192.0.2.1"), From("192.0.2.2"));
        Assert.True(counts.TryEnter(one));
        Assert.True(counts.TryEnter(one));
        Assert.False(counts.TryEnter(one));
        Assert.True(counts.TryEnter(other));
        counts.Leave(one);
        Assert.True(counts.TryEnter(one));
        Assert.False(counts.TryEnter(one));
    }

    [Fact]
    public void Nothing_is_kept_of_who_has_left()
    {
        var counts = new AddressCounts(most: 1);
        for (var host = 1; host < 200; host++)
        {
            var peer = From($"192.0.2.{host}");
            Assert.True(counts.TryEnter(peer));
            Assert.False(counts.TryEnter(peer));
            counts.Leave(peer);
        }

        Assert.Equal(0, counts.Count);
    }

    [Fact]
    public void With_no_limit_nobody_is_counted()
    {
        var counts = new AddressCounts(most: 0);
        Assert.False(counts.IsOn);
        Assert.True(counts.TryEnter(From("192.0.2.1")));
        Assert.Equal(0, counts.Count);
    }

    private static IPEndPoint From(string address) => new(IPAddress.Parse(address), 1);
}
