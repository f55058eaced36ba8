using System.Text;
using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Connections;

/// <summary>What a caller may have sent, and what is wrong with the rest.</summary>
internal static class RequestValidation
{
    /// <summary>A text to echo.</summary>
    /// <param name="value">What the caller gave.</param>
    /// <param name="maxLength">The most bytes of a reply line.</param>
    internal static Either<ClientError, EchoRequest> ValidateEcho(string value, int maxLength)
    {
        var most = maxLength - CommandTable.Echo.Verb.Length - 1;
        var text = LineText.From(value);
        return text.IsNone ? InvalidText(value)
            : ((LineText)text).Bytes.Length > most ? TooLong("text to echo", value, most)
            : new EchoRequest((LineText)text, TrimmedText(value, (LineText)text));
    }

    /// <summary>What is wrong with a line that is to be sent as it is, if anything is.</summary>
    internal static Option<ClientError> ValidateLine(ReadOnlySpan<byte> line, int maxLength) =>
        line.Length > maxLength ? TooLong("line", Escape.ToPrintable(line), maxLength)
        : line.Contains(Grammar.Lf) || Grammar.IsBlank(line) ? InvalidLine(line)
        : Option<ClientError>.None;

    /// <summary>A text as characters: the caller's own where nothing was trimmed.</summary>
    private static string TrimmedText(string original, LineText text) =>
        Encoding.UTF8.GetByteCount(original) == text.Bytes.Length ? original : text.ToString();

    private static ClientError.InvalidArgument InvalidText(string value) =>
        new("text to echo", value, "one line that is not blank, without half a surrogate pair");

    private static ClientError.InvalidArgument TooLong(string name, string value, int max) =>
        new(name, value, $"at most {max} bytes, or allow longer reply lines");

    private static ClientError.InvalidArgument InvalidLine(ReadOnlySpan<byte> line) =>
        new("line", Escape.ToPrintable(line), "one line that is not blank: a blank one gets no reply");
}
