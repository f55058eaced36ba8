namespace TinyTcp.Cli.Bench.Engine;

/// <summary>What the loop keeps of a connection.</summary>
internal struct LoadConnection
{
    /// <summary>The state.</summary>
    public LoadConnectionState State;

    /// <summary>Whether the socket is watched for writing, and so not for reading.</summary>
    public bool AwaitsWritable;

    /// <summary>Whether it has waited longer than the timeout, and nothing has been received since that was seen.</summary>
    public bool IsSuspected;

    /// <summary>Received bytes of the reply that is not complete.</summary>
    public int PartialReplyBytes;

    /// <summary>Bytes of requests still to send, after the first <see cref="PartialRequestBytes"/> of a request.</summary>
    public long UnsentBytes;

    /// <summary>Sent bytes of the request that is not sent completely.</summary>
    public int PartialRequestBytes;

    /// <summary>When the connect started; when it ended, once it has.</summary>
    public long StartedAt;
}
