namespace TinyTcp.Cli.Bench.Engine;

/// <summary>Correct replies that <see cref="ReplyVerifier"/> found.</summary>
/// <param name="Count">The number of replies.</param>
/// <param name="Last">The last reply with its LF; empty if none.</param>
internal readonly record struct VerifiedReplies(int Count, ReadOnlyMemory<byte> Last);
