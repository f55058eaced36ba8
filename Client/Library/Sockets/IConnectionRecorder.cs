namespace TinyTcp.Client.Sockets;

/// <summary>Is told what passes over a connection. Its methods may be called from several threads at a time, and do not throw.</summary>
internal interface IConnectionRecorder
{
    /// <summary>Bytes are sent.</summary>
    void OnSent(ReadOnlySpan<byte> bytes);

    /// <summary>Bytes have been received; none at the end of the stream.</summary>
    void OnReceived(ReadOnlySpan<byte> bytes);

    /// <summary>The client finishes sending, and still receives.</summary>
    void OnFinished();
}
