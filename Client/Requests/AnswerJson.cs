using TinyTcp.Cli.Errors;

namespace TinyTcp.Cli.Requests;

/// <summary>The reply to one request as JSON; docs/schemas/answer.schema.json describes the fields.</summary>
internal sealed record AnswerJson(
    string Target,
    string? Request,
    string? Reply,
    ErrorJson? Error,
    double? ConnectMilliseconds,
    double? ReplyMilliseconds
);
