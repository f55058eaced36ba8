using System.Text;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Requests;

/// <summary>The reply to one request as JSON; docs/schemas/answer.schema.json describes the fields.</summary>
internal sealed record AnswerJson(
    string Target,
    string? Request,
    long? InputLine,
    string? Reply,
    string? Verb,
    string? Time,
    string? Text,
    string? Code,
    string? Rule,
    ErrorJson? Error,
    double? ConnectMilliseconds,
    double? ReplyMilliseconds
)
{
    /// <summary>The fields of a reply, or of its absence.</summary>
    internal static AnswerJson From(string target, Option<ByteString> line, ErrorJson? error)
    {
        var fields = line.Map(static bytes => ReplyFields.From(bytes.Memory)).IfNone(ReplyFields.None);
        return new(
            target,
            Request: null,
            InputLine: null,
            line.Map(static bytes => Encoding.UTF8.GetString(bytes.Span)).IfNoneUnsafe((string?)null),
            fields.Verb,
            fields.Time,
            fields.Text,
            fields.Code,
            fields.Rule,
            error,
            ConnectMilliseconds: null,
            ReplyMilliseconds: null
        );
    }
}
