using System.Text.Json.Serialization;
using TinyTcp.Cli.Errors;

namespace TinyTcp.Cli.Requests;

/// <summary>How an answer is printed.</summary>
internal enum OutputFormat
{
    /// <summary>The reply's line, with what a terminal could take amiss escaped.</summary>
    Escaped,

    /// <summary>The reply's line as it came.</summary>
    Raw,

    /// <summary>All lines, as a transcript.</summary>
    Transcript,

    /// <summary>An object of JSON.</summary>
    Json,
}

/// <summary>An answer for programs; docs/schemas/answer.schema.json says what its parts mean.</summary>
internal sealed record AnswerJson(
    string Target,
    string? Request,
    string? Reply,
    ErrorJson? Error,
    double? ConnectMilliseconds,
    double? ReplyMilliseconds
);

/// <summary>The forms of JSON that are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AnswerJson))]
internal sealed partial class AnswerJsonContext : JsonSerializerContext;
