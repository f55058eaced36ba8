using System.Net;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>The limits on connections, as several threads see them.</summary>
public sealed class ConnectionLimiterTests
{
    private const int Attempts = 200_000;

    private static readonly IPEndPoint One = new(IPAddress.Parse("192.0.2.1"), 1);
    private static readonly IPEndPoint Other = new(IPAddress.Parse("192.0.2.2"), 1);

    /// <summary>S-10, S-11.</summary>
    [Fact]
    public async Task A_connection_that_is_rejected_for_its_address_takes_no_other_ones_place()
    {
        var limits = Some.With(Limits.Default, "max-connections", 2);
        var limiter = new ConnectionLimiter(Some.With(limits, "max-connections-per-address", 1));
        Assert.Equal(SessionEvent.Opened, limiter.TryAcquire(One));

        var rejecting = Task.Run(() => Count(() => limiter.TryAcquire(One) == SessionEvent.AddressFull));
        var opening = Task.Run(() =>
            Count(() =>
            {
                var outcome = limiter.TryAcquire(Other);
                limiter.Release(Other);
                return outcome == SessionEvent.Opened;
            })
        );
        Assert.Equal((Attempts, Attempts), (await rejecting, await opening));
        Assert.Equal((1, Attempts), (limiter.Count, limiter.Rejected));
    }

    [Fact]
    public void A_lowered_limit_keeps_the_connections_that_are_there_and_rejects_new_ones()
    {
        var limiter = new ConnectionLimiter(Some.With(Limits.Default, "max-connections", 2));
        limiter.TryAcquire(One);
        limiter.TryAcquire(One);
        limiter.MaxConnections = 1;
        Assert.Equal(2, limiter.Count);

        limiter.Release(One);
        Assert.Equal(SessionEvent.ServerFull, limiter.TryAcquire(One));
        limiter.MaxConnections = 2;
        Assert.Equal(SessionEvent.Opened, limiter.TryAcquire(One));
    }

    private static int Count(Func<bool> attempt) => Enumerable.Range(0, Attempts).Count(_ => attempt());
}
