namespace TinyTcp.Cli.Requests;

/// <summary>How replies are printed.</summary>
internal enum OutputFormat
{
    /// <summary>The reply line with control characters escaped, for a terminal.</summary>
    Escaped,

    /// <summary>The reply line as received.</summary>
    Raw,

    /// <summary>All lines in both directions, as a transcript.</summary>
    Transcript,

    /// <summary>A JSON object.</summary>
    Json,
}
