using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;

namespace TinyTcp.Server.Admission;

/// <summary>How many connections each address has, of all loops together (S-11).</summary>
/// <param name="max">The most of one address; 0 for any number, and then nobody is counted.</param>
internal sealed class ConnectionsPerAddress(int max)
{
    private readonly ConcurrentDictionary<UInt128, int> counts = new();

    /// <summary>Whether addresses are counted.</summary>
    public bool IsEnabled => max > 0;

    /// <summary>How many addresses have connections.</summary>
    public int Count => counts.Count;

    /// <summary>What an address counts as: an IPv4 address as itself, an IPv6 one as its first 64 bits.</summary>
    public static UInt128 KeyOf(IPAddress address)
    {
        var bits = BinaryPrimitives.ReadUInt128BigEndian(address.MapToIPv6().GetAddressBytes());
        return
            address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            || address.IsIPv4MappedToIPv6
            ? bits
            : bits >> 64 << 64;
    }

    /// <summary>One more connection.</summary>
    /// <returns>False where the address has as many as one may.</returns>
    public bool TryAcquire(EndPoint peer)
    {
        if (!IsEnabled || peer is not IPEndPoint { Address: var address })
        {
            return true;
        }

        var group = KeyOf(address);
        if (counts.AddOrUpdate(group, addValue: 1, static (_, count) => count + 1) <= max)
        {
            return true;
        }

        Release(group);
        return false;
    }

    /// <summary>One less.</summary>
    public void Release(EndPoint peer)
    {
        if (IsEnabled && peer is IPEndPoint { Address: var address })
        {
            Release(KeyOf(address));
        }
    }

    private void Release(UInt128 group)
    {
        // Who has none is not kept: strangers come and go without end.
        var left = counts.AddOrUpdate(group, addValue: 0, static (_, count) => count - 1);
        if (left == 0)
        {
            counts.TryRemove(new KeyValuePair<UInt128, int>(group, 0));
        }
    }
}
