using System.Text.Json.Serialization;

namespace TinyTcp.Cli.Probe;

/// <summary>Serializes without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProbeJson))]
[JsonSerializable(typeof(ProbeSummaryJson))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext;
