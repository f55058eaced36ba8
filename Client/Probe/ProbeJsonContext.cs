using System.Text.Json.Serialization;
using TinyTcp.Cli.IO;

namespace TinyTcp.Cli.Probe;

/// <summary>Serializes without reflection.</summary>
[JsonSerializable(typeof(ProbeJson))]
[JsonSerializable(typeof(ProbeSummaryJson))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext
{
    /// <summary>The serializer for output.</summary>
    internal static ProbeJsonContext Output { get; } = new(JsonText.CreateOptions());
}
