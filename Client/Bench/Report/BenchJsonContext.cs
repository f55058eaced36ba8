using System.Text.Json.Serialization;

namespace TinyTcp.Cli.Bench.Report;

/// <summary>Serializes without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchJson))]
internal sealed partial class BenchJsonContext : JsonSerializerContext;
