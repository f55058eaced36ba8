namespace TinyTcp.Cli.Bench.Engine;

/// <summary>How far a connection of the load's is.</summary>
internal enum LoadConnectionState : byte
{
    /// <summary>It is on its way.</summary>
    Connecting,

    /// <summary>It stands, and the greeting is still to come.</summary>
    AwaitingGreeting,

    /// <summary>It asks and is answered.</summary>
    Active,

    /// <summary>What came is not what was expected; whether it is right all the same is clear at the end of its line.</summary>
    Verifying,
}

/// <summary>A connection of the load's. <c>default(LoadConnection)</c> is one that is on its way.</summary>
internal struct LoadConnection
{
    /// <summary>How far it is.</summary>
    public LoadConnectionState State;

    /// <summary>Whether it waits for room, and so hears nothing.</summary>
    public bool AwaitsWritable;

    /// <summary>How many bytes have come of the reply that has not come whole.</summary>
    public int PartialReplyBytes;

    /// <summary>How many bytes of requests are still to be sent, behind the first <see cref="PartialRequestBytes"/> of a request.</summary>
    public int UnsentBytes;

    /// <summary>How many bytes have been sent of the request that has not been sent whole.</summary>
    public int PartialRequestBytes;

    /// <summary>When it began to connect; once connected, when it was.</summary>
    public long StartedAt;
}
