using System;
using System.Text.Unicode;
using LanguageExt;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Verbs;

/// <content>Render's inverse, for the client's side: from a line to the reply that it is.</content>
public static partial class Protocol
{
    /// <summary>Reads a reply, in any letter case: <c>Read(Render(reply))</c> is the reply.</summary>
    /// <param name="line">A line without its LF, of any length.</param>
    /// <returns>The reply, or what is wrong with the line.</returns>
    public static Either<ReplyError, Reply> Read(ReadOnlyMemory<byte> line) =>
        line.Span.Contains(Grammar.Lf) ? ReplyError.Unrecognised
        : Utf8.IsValid(line.Span) ? ReadLine(Tokenizer.Trim(line))
        : ReplyError.NotUtf8;

    /// <summary>The same for characters (a lone surrogate is not UTF-8).</summary>
    /// <param name="line">A line without its LF.</param>
    /// <returns>The reply, or what is wrong with the line.</returns>
    public static Either<ReplyError, Reply> Read(string line)
    {
        var bytes = Utf8Text.Encode(line);
        return bytes.IsSome ? Read((ReadOnlyMemory<byte>)bytes) : ReplyError.NotUtf8;
    }

    private static Either<ReplyError, Reply> ReadLine(ReadOnlyMemory<byte> trimmed)
    {
        foreach (ReplySyntax form in ReplyTable.Rows)
        {
            var read = form.TryRead(trimmed);
            if (read.IsSome)
            {
                return (Either<ReplyError, Reply>)read;
            }
        }

        return ReplyError.Unrecognised;
    }
}
