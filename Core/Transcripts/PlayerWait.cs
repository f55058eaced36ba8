namespace TinyTcp.Core.Transcripts;

/// <summary>How long the host of a <see cref="TranscriptPlayer"/> waits for a line.</summary>
public enum PlayerWait
{
    /// <summary>Not at all: a line counts if it has arrived.</summary>
    None,

    /// <summary>A moment: the server may send none.</summary>
    Optional,

    /// <summary>As long as a correct server may take: it sends one, or closes.</summary>
    Required,
}
