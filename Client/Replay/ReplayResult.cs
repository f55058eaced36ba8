using System.Collections.Immutable;
using TinyTcp.Core.Transcripts;

namespace TinyTcp.Cli.Replay;

/// <summary>How a transcript was replayed.</summary>
/// <param name="File">The transcript.</param>
/// <param name="Mismatches">Where the server differed.</param>
internal sealed record ReplayResult(ReplayFile File, ImmutableArray<Mismatch> Mismatches);
