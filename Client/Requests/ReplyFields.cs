using System.Text;
using LanguageExt;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Requests;

/// <summary>The parts of a reply for scripts; those that its kind does not have are null.</summary>
/// <param name="Verb">Its first word: TIME, ECHO, HELP, BYE or ERROR.</param>
/// <param name="Time">The timestamp of TIME.</param>
/// <param name="Text">The text of ECHO, or the list of HELP.</param>
/// <param name="Code">The code of an error.</param>
/// <param name="Rule">The rule of protocol.md that a known error belongs to.</param>
internal sealed record ReplyFields(string? Verb, string? Time, string? Text, string? Code, string? Rule)
{
    /// <summary>The fields of a line that is not a reply.</summary>
    internal static ReplyFields None { get; } = new(null, null, null, null, null);

    /// <summary>What the client asked for; none of an error or BYE.</summary>
    internal Option<string> Value => Prelude.Optional(Time ?? Text);

    /// <summary>Whether the reply is an error.</summary>
    internal bool IsError => Code is not null;

    /// <summary>Reads a line from a server.</summary>
    internal static ReplyFields From(ReadOnlyMemory<byte> line)
    {
        var read = Protocol.Read(line);
        return read.IsRight ? From((Reply)read, line.Span) : None;
    }

    private static ReplyFields From(Reply reply, ReadOnlySpan<byte> line)
    {
        var text = OrNull(reply.AsText.Map(static text => text.ToString()));
        return new(
            FirstWord(line),
            OrNull(reply.AsTime.Map(static time => time.ToString())),
            reply.IsError ? null : text,
            reply.IsError ? OrNull(reply.AsError.Map(static error => error.Name)) ?? text : null,
            OrNull(reply.AsError.Map(static error => error.Rule))
        );
    }

    private static string FirstWord(ReadOnlySpan<byte> line)
    {
        var length = 0;
        while (length < line.Length && !Grammar.IsSpace(line[length]))
        {
            length++;
        }

        return Encoding.UTF8.GetString(line[..length]).TrimEnd(',').ToUpperInvariant();
    }

    private static string? OrNull(Option<string> value) => value.IfNoneUnsafe((string?)null);
}
