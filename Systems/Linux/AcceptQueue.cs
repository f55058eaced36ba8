namespace TinyTcp.Systems.Linux;

/// <summary>The connections that wait at a listener to be accepted.</summary>
internal static unsafe class AcceptQueue
{
    // struct tcp_info: of a listener, tcpi_unacked is the length of the queue.
    private const int UnacknowledgedAt = 24;
    private const int LengthRead = UnacknowledgedAt + sizeof(int);

    /// <summary>How many connections wait.</summary>
    /// <returns>0 if none waits; at least 1 if any does, also where the kernel does not count them.</returns>
    internal static int GetLength(int listener)
    {
        var entry = new PollEntry { Descriptor = listener, Events = Libc.PollIn };
        // Of a socket that no longer listens poll reports a hang-up.
        if (Libc.Poll(&entry, 1, 0) <= 0 || (entry.Found & (Libc.PollError | Libc.PollHangUp)) != 0)
        {
            return 0;
        }

        var info = stackalloc byte[LengthRead];
        var length = (uint)LengthRead;
        var isKnown = Libc.GetOption(listener, Libc.IpProtoTcp, Libc.TcpInfo, (int*)info, &length) == 0;
        return isKnown && length == LengthRead ? Math.Max(1, *(int*)(info + UnacknowledgedAt)) : 1;
    }
}
