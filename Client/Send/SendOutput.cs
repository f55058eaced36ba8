namespace TinyTcp.Cli.Send;

/// <summary>How <c>send</c> prints replies.</summary>
internal enum SendOutput
{
    /// <summary>As received.</summary>
    Raw,

    /// <summary>With control characters escaped.</summary>
    Escaped,

    /// <summary>As JSON objects.</summary>
    Json,
}
