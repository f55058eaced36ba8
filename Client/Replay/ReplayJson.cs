using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TinyTcp.Cli.IO;

namespace TinyTcp.Cli.Replay;

/// <summary>The replay of one file as JSON; docs/schemas/replay.schema.json describes the fields.</summary>
internal sealed record ReplayJson(string File, bool Same, ImmutableArray<ReplayJson.Difference> Mismatches)
{
    /// <summary>The fields of a result.</summary>
    internal static ReplayJson From(ReplayResult result) =>
        new(
            result.File.Path,
            result.Mismatches.IsEmpty,
            [
                .. result.Mismatches.Select(static mismatch => new Difference(
                    ReplayText.NameOf(mismatch.Kind),
                    mismatch.Line,
                    mismatch.Expected,
                    mismatch.Got
                )),
            ]
        );

    /// <summary>One difference.</summary>
    internal sealed record Difference(string Kind, int Line, string Expected, string Got);
}

/// <summary>The generated serializer of <see cref="ReplayJson"/>.</summary>
[JsonSerializable(typeof(ReplayJson))]
internal sealed partial class ReplayJsonContext : JsonSerializerContext
{
    /// <summary>The serializer for output.</summary>
    internal static ReplayJsonContext Output { get; } = new(JsonText.CreateOptions());
}
