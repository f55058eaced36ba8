using System.Text.Json.Serialization;
using TinyTcp.Cli.IO;

namespace TinyTcp.Cli.Requests;

/// <summary>The generated serializer of <see cref="AnswerJson"/>.</summary>
[JsonSerializable(typeof(AnswerJson))]
internal sealed partial class AnswerJsonContext : JsonSerializerContext
{
    /// <summary>The serializer for output.</summary>
    internal static AnswerJsonContext Output { get; } = new(JsonText.CreateOptions());
}
