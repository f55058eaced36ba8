namespace TinyTcp.Core.Transcripts;

/// <summary>The words and signs of a transcript, each under its ABNF rule (docs/transcripts.md, "Grammar").</summary>
internal static class TranscriptSyntax
{
    // comment = "#" [text]
    internal const char Comment = '#';

    // field = name ":" SP text
    internal const char FieldEnd = ':';

    // connect = %s"CONNECT to " peer
    internal const string Connect = "CONNECT to ";

    // time = ("@" / "+") 1*DIGIT ["." 1*7DIGIT]
    internal const char At = '@';
    internal const char After = '+';

    // sent = "->" [SP octets] [continuation]
    internal const string Sent = "->";

    // received = "<-" [SP octets] [placeholder] [continuation]
    internal const string Received = "<-";

    // optional = "<?" [SP octets] [placeholder]
    internal const string Optional = "<?";

    // finish = %s"FINISH"
    internal const string Finish = "FINISH";

    // closed = %s"CLOSED"
    internal const string Closed = "CLOSED";

    /// <summary>How a mismatch shows a reset, which no transcript has.</summary>
    internal const string Reset = "RESET";

    // continuation = %s"\c" ; no LF follows
    internal const string Continuation = @"\c";
}
