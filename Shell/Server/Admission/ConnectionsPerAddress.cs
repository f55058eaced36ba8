using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TinyTcp.Server.Admission;

/// <summary>How many connections each address has, in all loops together (S-11). The owner serializes the calls.</summary>
/// <param name="max">The most connections of one address; 0 for no limit: then nothing is counted.</param>
internal sealed class ConnectionsPerAddress(int max)
{
    private readonly Dictionary<UInt128, int> counts = [];

    /// <summary>Whether there is a limit.</summary>
    public bool IsEnabled => max > 0;

    /// <summary>How many addresses have connections.</summary>
    public int Count => counts.Count;

    /// <summary>The key of an address: an IPv4 address as a whole, an IPv6 address's first 64 bits.</summary>
    public static UInt128 KeyOf(IPAddress address)
    {
        // It allocates nothing, so that a connection can be closed also when there is no memory.
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        Span<byte> bytes = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0];
        address.TryWriteBytes(isV4 ? bytes[^4..] : bytes, out _);
        var bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return isV4 || address.IsIPv4MappedToIPv6 ? bits : bits >> 64 << 64;
    }

    /// <summary>Counts one more connection of an address, if there may be one more.</summary>
    /// <returns>False if the address has as many as the limit allows.</returns>
    public bool TryAcquire(EndPoint peer)
    {
        if (!IsEnabled || peer is not IPEndPoint { Address: var address })
        {
            return true;
        }

        var key = KeyOf(address);
        var count = counts.GetValueOrDefault(key);
        if (count >= max)
        {
            return false;
        }

        counts[key] = count + 1;
        return true;
    }

    /// <summary>Counts one connection less.</summary>
    /// <param name="peer">An address that has at least one.</param>
    public void Release(EndPoint peer)
    {
        if (!IsEnabled || peer is not IPEndPoint { Address: var address })
        {
            return;
        }

        // An address without connections has no entry: the table does not grow with every new peer.
        var key = KeyOf(address);
        if (--counts[key] == 0)
        {
            counts.Remove(key);
        }
    }
}
