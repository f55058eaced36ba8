using System.Text;
using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Connections;

/// <summary>Validates requests.</summary>
internal static class RequestValidation
{
    /// <summary>Validates a text to echo.</summary>
    /// <param name="value">The text.</param>
    /// <param name="maxLength">The maximum length of a reply line, in bytes.</param>
    internal static Either<ClientError, EchoRequest> ValidateEcho(string value, int maxLength)
    {
        var maxTextLength = maxLength - CommandTable.Echo.Verb.Length - 1;
        var text = LineText.From(value);
        return text.IsNone ? InvalidText(value)
            : ((LineText)text).Bytes.Length > maxTextLength ? TooLong("text to echo", value, maxTextLength)
            : new EchoRequest((LineText)text, TrimmedText(value, (LineText)text));
    }

    /// <summary>The error of a line to send, if it is invalid.</summary>
    internal static Option<ClientError> ValidateLine(ReadOnlySpan<byte> line, int maxLength) =>
        line.Length > maxLength ? TooLong("line", Escape.ToPrintable(line), maxLength)
        : line.Contains(Grammar.Lf) || Grammar.IsBlank(line) ? InvalidLine(line)
        : Option<ClientError>.None;

    /// <summary>The trimmed text as a string: the caller's own if nothing was trimmed.</summary>
    private static string TrimmedText(string original, LineText text) =>
        Encoding.UTF8.GetByteCount(original) == text.Bytes.Length ? original : text.ToString();

    private static ClientError.InvalidArgument InvalidText(string value) =>
        new("text to echo", value, "one line that is not blank and has no unpaired surrogate");

    private static ClientError.InvalidArgument TooLong(string name, string value, int max) =>
        new(name, value, $"at most {max} bytes; raise MaxReplyLine for more");

    private static ClientError.InvalidArgument InvalidLine(ReadOnlySpan<byte> line) =>
        new(
            "line",
            Escape.ToPrintable(line),
            "one line that is not blank, because a blank line gets no reply"
        );
}
