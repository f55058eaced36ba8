using System.Net;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>The limits on connections, with several threads.</summary>
public sealed class ConnectionLimiterTests
{
    private const int Attempts = 200_000;

    private static readonly IPEndPoint First = new(IPAddress.Parse("192.0.2.1"), 1);
    private static readonly IPEndPoint Second = new(IPAddress.Parse("192.0.2.2"), 1);

    /// <summary>S-10, S-11.</summary>
    [Fact]
    public async Task A_connection_rejected_by_the_address_limit_does_not_count_towards_max_connections()
    {
        var limits = TestValues.With(Limits.Default, "max-connections", 2);
        var limiter = new ConnectionLimiter(TestValues.With(limits, "max-connections-per-address", 1));
        Assert.Equal(SessionEvent.Opened, limiter.TryAcquire(First));

        using var start = new Barrier(2);
        var rejecting = CountAsync(start, () => limiter.TryAcquire(First) != SessionEvent.Opened);
        var opening = CountAsync(
            start,
            () =>
            {
                var isOpened = limiter.TryAcquire(Second) == SessionEvent.Opened;
                if (isOpened)
                {
                    limiter.Release(Second);
                }

                return isOpened;
            }
        );
        Assert.Equal((Attempts, Attempts), (await rejecting, await opening));
        Assert.Equal((1, Attempts), (limiter.Count, limiter.ServerFull + limiter.AddressFull));
    }

    [Fact]
    public void A_lowered_limit_keeps_open_connections_and_rejects_new_ones()
    {
        var limiter = new ConnectionLimiter(TestValues.With(Limits.Default, "max-connections", 2));
        limiter.TryAcquire(First);
        limiter.TryAcquire(First);
        limiter.MaxConnections = 1;
        Assert.Equal(2, limiter.Count);

        limiter.Release(First);
        Assert.Equal(SessionEvent.ServerFull, limiter.TryAcquire(First));
        limiter.MaxConnections = 2;
        Assert.Equal(SessionEvent.Opened, limiter.TryAcquire(First));
    }

    private static Task<int> CountAsync(Barrier start, Func<bool> attempt) =>
        Task.Run(() =>
        {
            start.SignalAndWait();
            return Enumerable.Range(0, Attempts).Count(_ => attempt());
        });
}
