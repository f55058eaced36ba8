namespace TinyTcp.Core.Transcripts;

/// <summary>The words and signs of a transcript, each under its ABNF rule (docs/transcripts.md, "Grammar").</summary>
internal static class TranscriptSyntax
{
    // comment = "#" [text]
    internal const char Comment = '#';

    // connect = %s"CONNECT to " peer
    internal const string Connect = "CONNECT to ";

    // time = "@" 1*DIGIT ["." 1*3DIGIT] SP
    internal const char Time = '@';

    // sent = "->" [SP octets] [continuation]
    internal const string Sent = "->";

    // received = "<-" [SP octets] [placeholder] [continuation]
    internal const string Received = "<-";

    // finish = %s"FINISH"
    internal const string Finish = "FINISH";

    // closed = %s"CLOSED"
    internal const string Closed = "CLOSED";

    // continuation = %s"\c" ; no LF follows
    internal const string Continuation = @"\c";
}
