using System.Text;
using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>What a caller may have sent, and what is wrong with the rest.</summary>
internal static class Arguments
{
    /// <summary>A text to echo.</summary>
    /// <param name="given">What the caller gave.</param>
    /// <param name="longest">The most bytes of a reply line.</param>
    internal static Either<ClientError, Echoing> Echo(string given, int longest)
    {
        var most = longest - CommandTable.Echo.Verb.Length - 1;
        var text = LineText.From(given);
        return text.IsNone ? NoText(given)
            : ((LineText)text).Bytes.Length > most ? TooLong("text to echo", given, most)
            : new Echoing((LineText)text, Trimmed(given, (LineText)text));
    }

    /// <summary>What is wrong with a line that is to be sent as it is, if anything is.</summary>
    internal static Option<ClientError> NoLine(ReadOnlySpan<byte> given, int longest) =>
        given.Length > longest ? TooLong("line", Escape.ToPrintable(given), longest)
        : given.Contains(Grammar.Lf) || Grammar.IsBlank(given) ? BadLine(given)
        : Option<ClientError>.None;

    /// <summary>A text as characters: the caller's own where nothing was trimmed.</summary>
    private static string Trimmed(string given, LineText text) =>
        Encoding.UTF8.GetByteCount(given) == text.Bytes.Length ? given : text.ToString();

    private static ClientError.BadArgument NoText(string given) =>
        new("text to echo", given, "one line that is not blank, without half a surrogate pair");

    private static ClientError.BadArgument TooLong(string what, string given, int most) =>
        new(what, given, $"at most {most} bytes, or allow longer reply lines");

    private static ClientError.BadArgument BadLine(ReadOnlySpan<byte> given) =>
        new("line", Escape.ToPrintable(given), "one line that is not blank: a blank one gets no reply");
}
