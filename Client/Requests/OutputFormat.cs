namespace TinyTcp.Cli.Requests;

/// <summary>How replies are printed.</summary>
internal enum OutputFormat
{
    /// <summary>The reply line.</summary>
    Line,

    /// <summary>The value in the reply: the timestamp, the text or the list.</summary>
    Value,

    /// <summary>All lines in both directions, as a transcript.</summary>
    Transcript,

    /// <summary>A JSON object.</summary>
    Json,
}
