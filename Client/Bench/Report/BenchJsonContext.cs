using System.Text.Json.Serialization;
using TinyTcp.Cli.IO;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>Serializes without reflection.</summary>
[JsonSerializable(typeof(BenchJson))]
internal sealed partial class BenchJsonContext : JsonSerializerContext
{
    /// <summary>The serializer for output.</summary>
    internal static BenchJsonContext Output { get; } = new(JsonText.CreateOptions());
}
