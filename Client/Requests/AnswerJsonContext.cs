using System.Text.Json.Serialization;

namespace TinyTcp.Cli.Requests;

/// <summary>The generated serializer of <see cref="AnswerJson"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AnswerJson))]
internal sealed partial class AnswerJsonContext : JsonSerializerContext;
