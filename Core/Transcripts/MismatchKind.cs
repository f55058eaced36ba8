namespace TinyTcp.Core.Transcripts;

/// <summary>How a conversation differs from its transcript.</summary>
public enum MismatchKind
{
    /// <summary>Another line was received.</summary>
    Different,

    /// <summary>A line was not received.</summary>
    Missing,

    /// <summary>A line was received that the transcript does not have.</summary>
    Extra,

    /// <summary>A line was received after its time.</summary>
    Late,

    /// <summary>The server closed before it had sent a line.</summary>
    Closed,

    /// <summary>The server reset the connection.</summary>
    Reset,

    /// <summary>The server did not close.</summary>
    StillOpen,
}
