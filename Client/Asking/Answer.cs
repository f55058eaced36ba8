using System.Text.Json.Serialization;

namespace TinyTcp.Cli.Asking;

/// <summary>How an answer is printed.</summary>
internal enum AnswerStyle
{
    /// <summary>The reply's line, with what a terminal could take amiss escaped.</summary>
    Printable,

    /// <summary>The reply's line as it came.</summary>
    Bytes,

    /// <summary>All lines, as a transcript.</summary>
    Conversation,

    /// <summary>An object of JSON.</summary>
    Json,
}

/// <summary>An answer for programs; docs/schemas/answer.schema.json says what its parts mean.</summary>
internal sealed record Answer(
    string Target,
    string? Request,
    string? Reply,
    Failure? Error,
    double? ConnectMilliseconds,
    double? ReplyMilliseconds
);

/// <summary>The forms of JSON that are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Answer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
