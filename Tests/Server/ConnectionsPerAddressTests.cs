using System.Net;
using TinyTcp.Server.Admission;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>Connections counted by address (S-11).</summary>
public sealed class ConnectionsPerAddressTests
{
    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "127.0.0.1", false)]
    [InlineData("::1", "::ffff:0.0.0.1", false)]
    public void Addresses_of_the_same_host_have_the_same_key(string one, string other, bool isSame) =>
        Assert.Equal(
            isSame,
            ConnectionsPerAddress.KeyOf(IPAddress.Parse(one))
                == ConnectionsPerAddress.KeyOf(IPAddress.Parse(other))
        );

    [Fact]
    public void An_address_has_as_many_connections_as_the_limit_allows()
    {
        var counts = new ConnectionsPerAddress(max: 2);
        var (one, other) = (From("192.0.2.1"), From("192.0.2.2"));
        Assert.True(counts.TryAcquire(one));
        Assert.True(counts.TryAcquire(one));
        Assert.False(counts.TryAcquire(one));
        Assert.True(counts.TryAcquire(other));
        counts.Release(one);
        Assert.True(counts.TryAcquire(one));
        Assert.False(counts.TryAcquire(one));
    }

    [Fact]
    public void An_address_without_connections_has_no_entry()
    {
        var counts = new ConnectionsPerAddress(max: 1);
        for (var host = 1; host < 200; host++)
        {
            var peer = From($"192.0.2.{host}");
            Assert.True(counts.TryAcquire(peer));
            Assert.False(counts.TryAcquire(peer));
            counts.Release(peer);
        }

        Assert.Equal(0, counts.Count);
    }

    [Fact]
    public void Without_a_limit_nothing_is_counted()
    {
        var counts = new ConnectionsPerAddress(max: 0);
        Assert.False(counts.IsEnabled);
        Assert.True(counts.TryAcquire(From("192.0.2.1")));
        Assert.Equal(0, counts.Count);
    }

    private static IPEndPoint From(string address) => new(IPAddress.Parse(address), 1);
}
