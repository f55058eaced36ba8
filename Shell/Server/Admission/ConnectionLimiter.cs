using System.Net;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Admission;

/// <summary>
/// Counts the connections of all loops against the limits (S-10, S-11). Thread-safe; used once per connection, never per
/// request.
/// </summary>
/// <param name="limits">The most connections at once, in total and per address.</param>
internal sealed class ConnectionLimiter(Limits limits)
{
    /// <summary>
    /// How many rejected connections the loop that accepts keeps open at the same time, so that the peers can read the
    /// reason. More are closed immediately, so that a burst of them takes nothing from accepted connections.
    /// </summary>
    public const int MaxLingeringRejections = 16;

    private readonly Lock countLock = new();
    private readonly ConnectionsPerAddress addresses = new(limits.MaxConnectionsPerAddress);
    private int maxConnections = limits.MaxConnections;
    private int count;
    private long served;
    private long serverFull;
    private long addressFull;
    private volatile IPAddress lastFullAddress = IPAddress.None;
    private long aborted;
    private long outOfMemory;

    /// <summary>The most connections at once; 0 for no limit. Connections above a lowered limit stay.</summary>
    public int MaxConnections
    {
        get => Volatile.Read(ref maxConnections);
        set => Volatile.Write(ref maxConnections, value);
    }

    /// <summary>How many connections count against the limit now.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>The most connections of one address at once; 0 for no limit.</summary>
    public int MaxConnectionsPerAddress => limits.MaxConnectionsPerAddress;

    /// <summary>Whether the limits depend on the peer's address.</summary>
    public bool NeedsPeerAddress => addresses.IsEnabled;

    /// <summary>How many connections there have been, including rejected ones.</summary>
    public long Served => Volatile.Read(ref served);

    /// <summary>How many connections have been rejected because of <see cref="MaxConnections"/>.</summary>
    public long ServerFull => Volatile.Read(ref serverFull);

    /// <summary>How many connections have been rejected because of <see cref="MaxConnectionsPerAddress"/>.</summary>
    public long AddressFull => Volatile.Read(ref addressFull);

    /// <summary>The address of the last one of <see cref="AddressFull"/>; an IPv4 address is never mapped to IPv6.</summary>
    public IPAddress LastFullAddress =>
        lastFullAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : lastFullAddress;

    /// <summary>How many connections a shutdown has aborted before they were served, or had received all replies.</summary>
    public long Aborted => Volatile.Read(ref aborted);

    /// <summary>How many connections have been closed because there was no memory for them.</summary>
    public long OutOfMemory => Volatile.Read(ref outOfMemory);

    /// <summary>Counts one more connection.</summary>
    /// <returns>Its number in the log.</returns>
    public long NextConnectionId() => Interlocked.Increment(ref served);

    /// <summary>Counts connections that a shutdown has aborted.</summary>
    public void AddAborted(int aborts) => Interlocked.Add(ref aborted, aborts);

    /// <summary>Counts a connection that was closed because there was no memory for it.</summary>
    public void AddOutOfMemory() => Interlocked.Increment(ref outOfMemory);

    /// <summary>Counts a connection against the limits, if they allow it.</summary>
    /// <param name="peer">The peer's address; it matters only if <see cref="NeedsPeerAddress"/>.</param>
    /// <returns>Opened, or why the connection is rejected: ServerFull or AddressFull.</returns>
    public SessionEvent TryAcquire(EndPoint peer)
    {
        // Both limits are checked before either counts: a rejected connection takes no other one's place, not for a moment.
        lock (countLock)
        {
            if (MaxConnections > 0 && count >= MaxConnections)
            {
                Interlocked.Increment(ref serverFull);
                return SessionEvent.ServerFull;
            }

            if (!addresses.TryAcquire(peer))
            {
                Interlocked.Increment(ref addressFull);
                lastFullAddress = peer is IPEndPoint { Address: var address } ? address : IPAddress.None;
                return SessionEvent.AddressFull;
            }

            count++;
            return SessionEvent.Opened;
        }
    }

    /// <summary>Counts a connection no longer.</summary>
    /// <param name="peer">The same address as in <see cref="TryAcquire"/>.</param>
    public void Release(EndPoint peer)
    {
        lock (countLock)
        {
            addresses.Release(peer);
            count--;
        }
    }
}
